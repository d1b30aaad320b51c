package io.mtl4j.weighting;

import io.mtl4j.step.MethodState;
import java.util.Arrays;
import java.util.Objects;

/** One learned number for each task, with the memory of its optimiser. Absent tasks' numbers stay as they are. */
final class LearnedParameters {

    private static final double GREATEST_GRADIENT = 1e100;

    private final WeightOptimizer optimizer;
    private final double initial;
    private final double low;
    private final double high;
    private double[] values = {};
    private double[] first = {};
    private double[] second = {};
    private double[] steps = {};

    /**
     * Starts with the same number for every task.
     *
     * @param optimizer how they are learned
     * @param initial the first value
     * @param low the least value
     * @param high the greatest value
     */
    LearnedParameters(WeightOptimizer optimizer, double initial, double low, double high) {
        this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
        this.initial = initial;
        this.low = low;
        this.high = high;
    }

    /**
     * {@return a copy of the numbers of the present tasks}
     *
     * @throws IllegalArgumentException if a restored state was that of another number of tasks
     */
    double[] of(Present present) {
        int tasks = present.tasks();
        present.requireSameTasks(values.length);
        if (values.length == 0) {
            values = new double[tasks];
            Arrays.fill(values, initial);
            first = new double[tasks];
            second = new double[tasks];
            steps = new double[tasks];
        }
        return present.pick(values);
    }

    /**
     * Takes one step down the gradient.
     *
     * @param present the tasks that learn; {@link #of} has been called with it
     * @param gradients the gradients of their numbers
     */
    void descend(Present present, double[] gradients) {
        for (int j = 0; j < present.size(); j++) {
            int task = present.number(j);
            double gradient = Math.max(-GREATEST_GRADIENT, Math.min(GREATEST_GRADIENT, gradients[j]));
            double moved = values[task] - change(task, gradient);
            values[task] = Math.max(low, Math.min(high, moved));
        }
    }

    private double change(int task, double gradient) {
        steps[task]++;
        if (optimizer instanceof WeightOptimizer.Adam adam) {
            double g = gradient + adam.weightDecay() * values[task];
            first[task] = adam.beta1() * first[task] + (1 - adam.beta1()) * g;
            second[task] = adam.beta2() * second[task] + (1 - adam.beta2()) * g * g;
            double mean = first[task] / (1 - Math.pow(adam.beta1(), steps[task]));
            double square = second[task] / (1 - Math.pow(adam.beta2(), steps[task]));
            return adam.rate() * mean / (Math.sqrt(square) + adam.epsilon());
        }
        return ((WeightOptimizer.Sgd) optimizer).rate() * gradient;
    }

    MethodState save(MethodState state) {
        return state.with("parameters", values)
                .with("first-moments", first)
                .with("second-moments", second)
                .with("optimizer-steps", steps);
    }

    void restore(MethodState state) {
        values = state.array("parameters");
        first = state.array("first-moments");
        second = state.array("second-moments");
        steps = state.array("optimizer-steps");
        if (first.length != values.length || second.length != values.length || steps.length != values.length) {
            throw new IllegalArgumentException("state of method \"" + state.method() + "\": arrays of " + values.length
                    + ", " + first.length + ", " + second.length + " and " + steps.length
                    + " numbers; all must have one for each task");
        }
    }
}
