package io.mtl4j.aggregation;

import java.util.random.RandomGenerator;

/** In which order a method that goes through the tasks one by one visits them. */
@FunctionalInterface
public interface TaskOrder {

    /**
     * {@return the tasks to visit, in order}
     *
     * @param task the task whose gradient is being changed
     * @param tasks the number of tasks K
     * @param random the step's random numbers
     */
    int[] visits(int task, int tasks, RandomGenerator random);

    /** {@return all other tasks in an order drawn anew each time, every order equally likely} */
    static TaskOrder shuffled() {
        return (task, tasks, random) -> {
            int[] order = new int[tasks - 1];
            for (int i = 0; i < order.length; i++) {
                int at = random.nextInt(i + 1);
                order[i] = order[at];
                order[at] = i < task ? i : i + 1;
            }
            return order;
        };
    }
}
