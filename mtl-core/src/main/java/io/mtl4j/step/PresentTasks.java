package io.mtl4j.step;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A view of a step that has only its present tasks, numbered {@code 0 .. P - 1} in the model's order: to a method that
 * looks through it an absent task does not exist. {@link #modelTask} gives the number in the model, {@link #scatter}
 * puts an answer back into the model's numbering.
 */
public final class PresentTasks implements TrainingStep {

    private final TrainingStep step;
    private final int[] present;
    private final UnaryOperator<Jacobian> columns;

    private PresentTasks(TrainingStep step, int[] present, UnaryOperator<Jacobian> columns) {
        this.step = step;
        this.present = present;
        this.columns = columns;
    }

    /**
     * {@return the view of a step}
     *
     * @param step the whole step
     */
    public static PresentTasks of(TrainingStep step) {
        Objects.requireNonNull(step, "step");
        return new PresentTasks(
                step, IntStream.range(0, step.tasks()).filter(step::present).toArray(), UnaryOperator.identity());
    }

    /**
     * {@return this view with only some columns of every Jacobian}
     *
     * @param from first column
     * @param to one past the last column
     */
    public PresentTasks columns(long from, long to) {
        return new PresentTasks(
                step, present, jacobian -> columns.apply(jacobian).slice(from, to));
    }

    /**
     * {@return the numbers of the present tasks put at their places among all tasks of the whole step, absent tasks 0}
     *
     * @param values one number a present task, {@code [P]}
     */
    public double[] scatter(double[] values) {
        double[] all = new double[step.tasks()];
        for (int i = 0; i < present.length; i++) {
            all[present[i]] = values[i];
        }
        return all;
    }

    /**
     * {@return the present tasks' entries of an array of all tasks of the whole step, {@code [P]}}
     *
     * @param values one number a task, {@code [K]}
     */
    public double[] gather(double[] values) {
        return Arrays.stream(present).mapToDouble(task -> values[task]).toArray();
    }

    /** The number that a task of this view has in the step. */
    int place(int task) {
        return present[task];
    }

    @Override
    public int tasks() {
        return present.length;
    }

    @Override
    public int modelTasks() {
        return step.modelTasks();
    }

    @Override
    public int modelTask(int task) {
        return step.modelTask(present[task]);
    }

    @Override
    public String taskName(int task) {
        return step.taskName(present[task]);
    }

    @Override
    public double loss(int task) {
        return step.loss(present[task]);
    }

    @Override
    public boolean present(int task) {
        return true;
    }

    @Override
    public int epoch() {
        return step.epoch();
    }

    @Override
    public long step() {
        return step.step();
    }

    @Override
    public RandomGenerator random() {
        return step.random();
    }

    @Override
    public Jacobian jacobian(int draw) {
        Jacobian whole = columns.apply(step.jacobian(draw));
        return present.length == step.tasks() ? whole : new RowSelection(whole, present);
    }

    @Override
    public double[][] representation() {
        return step.representation();
    }

    @Override
    public Lookahead lookahead() {
        return new PresentLookahead(this, step.lookahead());
    }
}
