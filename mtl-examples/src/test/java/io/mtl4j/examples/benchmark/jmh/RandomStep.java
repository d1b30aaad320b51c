package io.mtl4j.examples.benchmark.jmh;

import io.mtl4j.step.Jacobian;
import io.mtl4j.step.Lookahead;
import io.mtl4j.step.TrainingStep;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A training step whose gradients are random and made once; all tasks are present. */
final class RandomStep implements TrainingStep {

    /** Features of the representation, for the methods that look at it. */
    static final int FEATURES = 100;

    private final int tasks;
    private final int columns;
    private final Map<Integer, Jacobian> draws = new HashMap<>();
    private final double[][] representation;
    private long step;

    /**
     * Makes the first step.
     *
     * @param tasks number of tasks
     * @param columns length of a gradient, a multiple of {@link #FEATURES}
     */
    RandomStep(int tasks, int columns) {
        this.tasks = tasks;
        this.columns = columns;
        this.representation = new double[columns / FEATURES][FEATURES];
        SplittableRandom random = new SplittableRandom(3);
        for (double[] example : representation) {
            for (int f = 0; f < FEATURES; f++) {
                example[f] = random.nextDouble() - 0.5;
            }
        }
    }

    /** Goes on to the next step, with the same gradients. */
    RandomStep next() {
        step++;
        return this;
    }

    @Override
    public int tasks() {
        return tasks;
    }

    @Override
    public String taskName(int task) {
        return "task" + task;
    }

    @Override
    public double loss(int task) {
        return 1 + 0.1 * task;
    }

    @Override
    public boolean present(int task) {
        return true;
    }

    @Override
    public int epoch() {
        return 0;
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(step);
    }

    @Override
    public Jacobian jacobian(int draw) {
        return draws.computeIfAbsent(draw, d -> HostJacobian.random(tasks, columns, 17L + d));
    }

    @Override
    public double[][] representation() {
        return representation;
    }

    @Override
    public Lookahead lookahead() {
        throw new IllegalStateException("a random step has no held-out data");
    }
}
