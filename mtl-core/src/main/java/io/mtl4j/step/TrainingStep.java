package io.mtl4j.step;

import java.util.random.RandomGenerator;

/**
 * One training step as a weighting or an aggregator sees it. Tasks are numbered {@code 0 .. tasks() - 1} in the order
 * in which the model declares them.
 */
public interface TrainingStep {

    /** {@return the number of tasks K of the model, whether present in this step or not} */
    int tasks();

    /**
     * {@return the name of a task, for messages}
     *
     * @param task the task's number
     */
    String taskName(int task);

    /**
     * {@return the mean loss of the task over its labelled examples of this batch; NaN when the task is absent}
     *
     * @param task the task's number
     */
    double loss(int task);

    /**
     * {@return whether the task has at least one labelled example in this step}
     *
     * @param task the task's number
     */
    boolean present(int task);

    /**
     * {@return the number of tasks of the model}
     *
     * <p>More than {@link #tasks()} only in a view such as {@link PresentTasks}, which has its tasks numbered anew. A
     * method that keeps something for each task keeps it for all tasks of the model.
     */
    default int modelTasks() {
        return tasks();
    }

    /**
     * {@return the task's number in the model, which differs from its number here only in a view}
     *
     * @param task the task's number in this step
     */
    default int modelTask(int task) {
        return task;
    }

    /** {@return the epoch, from 0} */
    int epoch();

    /** {@return the number of steps done before this one since training began} */
    long step();

    /** {@return the step's own random numbers: a function of the trainer's seed and {@link #step()} only} */
    RandomGenerator random();

    /**
     * {@return the gradients of this batch; rows of absent tasks are zero}
     *
     * @throws IllegalStateException if the method did not ask for {@link Requirement#JACOBIAN}
     */
    default Jacobian jacobian() {
        return jacobian(0);
    }

    /**
     * {@return the gradients of an independent batch}
     *
     * @param draw 0 for this step's batch, 1, 2 ... for further batches drawn independently from the training data
     * @throws IllegalStateException if the method did not ask for the {@link Requirement}
     */
    Jacobian jacobian(int draw);

    /**
     * {@return the look-ahead}
     *
     * @throws IllegalStateException if the method asked neither for {@link Requirement#LOOKAHEAD} nor for {@link
     *     Requirement#HELD_OUT}
     */
    Lookahead lookahead();

    /**
     * {@return the shared representation of the batch, {@code [batch][features]}}
     *
     * <p>The {@link #jacobian()} of such a step is that of the representation: column {@code b * features + f} is
     * feature f of example b.
     *
     * @throws IllegalStateException if the method did not ask for {@link Requirement#REPRESENTATION}, or the trainer
     *     differentiates the shared parameters
     */
    default double[][] representation() {
        throw new IllegalStateException(
                "no representation in this step: the gradients are those of the shared parameters;"
                        + " use a trainer that differentiates the representation, or a method that does not ask for it");
    }
}
