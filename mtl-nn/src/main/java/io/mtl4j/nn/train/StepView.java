package io.mtl4j.nn.train;

import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.StepPass;
import io.mtl4j.step.Jacobian;
import io.mtl4j.step.Lookahead;
import io.mtl4j.step.TrainingStep;
import io.mtl4j.task.TaskSet;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A step of the training loop as methods see it. */
final class StepView implements TrainingStep {

    private final TaskSet tasks;
    private final StepPass pass;
    private final int epoch;
    private final long step;
    private final RandomGenerator random;
    private final IntFunction<Jacobian> jacobians;
    private final Supplier<double[][]> representation;
    private final Lookahead lookahead;

    /**
     * Makes the view.
     *
     * @param jacobians gives the Jacobian of a draw
     * @param representation null if the Jacobians are those of the parameters
     * @param lookahead null if nobody asked for it
     */
    StepView(
            TaskSet tasks,
            StepPass pass,
            int epoch,
            long step,
            Seed seed,
            IntFunction<Jacobian> jacobians,
            Supplier<double[][]> representation,
            Lookahead lookahead) {
        this.tasks = tasks;
        this.pass = pass;
        this.epoch = epoch;
        this.step = step;
        this.random = seed.generator();
        this.jacobians = jacobians;
        this.representation = representation;
        this.lookahead = lookahead;
    }

    @Override
    public int tasks() {
        return tasks.size();
    }

    @Override
    public String taskName(int task) {
        return tasks.get(task).name();
    }

    @Override
    public double loss(int task) {
        return pass.loss(task);
    }

    @Override
    public boolean present(int task) {
        return pass.present(task);
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Jacobian jacobian(int draw) {
        return jacobians.apply(draw);
    }

    @Override
    public double[][] representation() {
        return representation == null ? TrainingStep.super.representation() : representation.get();
    }

    @Override
    public Lookahead lookahead() {
        if (lookahead == null) {
            throw new IllegalStateException(
                    "this step has no look-ahead; the method must ask for Requirement.LOOKAHEAD or HELD_OUT");
        }
        return lookahead;
    }
}
