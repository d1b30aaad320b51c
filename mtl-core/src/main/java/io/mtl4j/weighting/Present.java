package io.mtl4j.weighting;

import io.mtl4j.step.TrainingStep;
import java.util.stream.IntStream;

/**
 * The present tasks of a step, numbered anew from 0, so that a method need not think of absent ones; their losses are
 * finite.
 */
final class Present {

    private final int tasks;
    private final int[] numbers;
    private final String[] names;
    private final double[] losses;

    private Present(int tasks, int[] numbers, String[] names, double[] losses) {
        this.tasks = tasks;
        this.numbers = numbers;
        this.names = names;
        this.losses = losses;
    }

    /**
     * {@return the present tasks of a step}
     *
     * @throws ArithmeticException if one of their losses is NaN or infinite
     */
    static Present of(TrainingStep step) {
        int[] numbers = IntStream.range(0, step.tasks()).filter(step::present).toArray();
        String[] names = new String[numbers.length];
        double[] losses = new double[numbers.length];
        for (int j = 0; j < numbers.length; j++) {
            names[j] = step.taskName(numbers[j]);
            losses[j] = step.loss(numbers[j]);
            if (!Double.isFinite(losses[j])) {
                throw new ArithmeticException("task \"" + names[j] + "\": the loss is " + losses[j] + " at step "
                        + step.step() + "; lower the learning rate, clip gradients or check the data");
            }
        }
        return new Present(step.tasks(), numbers, names, losses);
    }

    /**
     * {@return the present tasks of a step}
     *
     * @param method the name of the method, for the message
     * @throws ArithmeticException if one of their losses is NaN, infinite or negative
     */
    static Present nonNegative(TrainingStep step, String method) {
        Present present = of(step);
        for (int j = 0; j < present.size(); j++) {
            if (present.losses[j] < 0) {
                throw new ArithmeticException("task \"" + present.names[j] + "\": the loss is " + present.losses[j]
                        + " at step " + step.step() + "; " + method
                        + " is defined for losses of at least 0 only: use such a loss, or another weighting");
            }
        }
        return present;
    }

    /**
     * Checks that a memory is of this model.
     *
     * @param remembered the number of tasks in the memory; 0 when it is empty
     * @throws IllegalArgumentException if it is that of another number of tasks
     */
    void requireSameTasks(int remembered) {
        if (remembered != 0 && remembered != tasks) {
            throw new IllegalArgumentException("the weighting's state is of " + remembered + " tasks, the step of "
                    + tasks + "; use one weighting object for each model, and a state of the same model");
        }
    }

    /** {@return the number of present tasks} */
    int size() {
        return numbers.length;
    }

    /** {@return the number of tasks, absent ones included} */
    int tasks() {
        return tasks;
    }

    /** {@return a task's number in the model} */
    int number(int j) {
        return numbers[j];
    }

    /** {@return a task's name} */
    String name(int j) {
        return names[j];
    }

    /** {@return a task's loss} */
    double loss(int j) {
        return losses[j];
    }

    /** {@return the greatest loss; 0 when there is none} */
    double greatestLoss() {
        return IntStream.range(0, losses.length)
                .mapToDouble(j -> losses[j])
                .max()
                .orElse(0);
    }

    /** {@return those entries of an array over all tasks that belong to present ones} */
    double[] pick(double[] all) {
        return IntStream.of(numbers).mapToDouble(task -> all[task]).toArray();
    }

    /** {@return the losses} */
    double[] losses() {
        return losses.clone();
    }

    /**
     * {@return weights of all tasks: those given, and 0 for absent tasks}
     *
     * @throws ArithmeticException if a weight has overflowed
     */
    double[] spread(double[] weights) {
        double[] all = new double[tasks];
        for (int j = 0; j < numbers.length; j++) {
            if (!(weights[j] >= 0 && weights[j] <= Double.MAX_VALUE)) {
                throw new ArithmeticException("task \"" + names[j] + "\": the weight is " + weights[j]
                        + " for a loss of " + losses[j] + "; the losses are out of the range of the numbers");
            }
            all[numbers[j]] = weights[j];
        }
        return all;
    }
}
