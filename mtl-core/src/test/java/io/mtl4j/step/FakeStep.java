package io.mtl4j.step;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A training step of given numbers, for tests. Absent tasks are those whose loss is NaN. */
public final class FakeStep implements TrainingStep {

    private final double[] losses;
    private Jacobian[] jacobians = {};
    private RandomGenerator random;
    private double[][] representation;
    private Lookahead lookahead;
    private int epoch;
    private long step;

    /** A step of some losses. */
    public FakeStep(double... losses) {
        this.losses = losses.clone();
    }

    /** A step of some gradients; every loss is 1. */
    public static FakeStep of(double[][] gradients) {
        double[] losses = new double[gradients.length];
        Arrays.fill(losses, 1);
        return new FakeStep(losses).gradients(gradients);
    }

    /** Sets the gradients: those of this batch, then those of further draws. */
    public FakeStep gradients(double[][]... draws) {
        return jacobians(Arrays.stream(draws).map(ArrayJacobian::new).toArray(Jacobian[]::new));
    }

    /** Sets the gradients as Jacobians. */
    public FakeStep jacobians(Jacobian... draws) {
        jacobians = draws;
        return this;
    }

    /** Sets the random numbers, which {@link #random()} then hands out as they are. */
    public FakeStep random(RandomGenerator generator) {
        random = generator;
        return this;
    }

    /** Sets the representation. */
    public FakeStep representation(double[][] values) {
        representation = values;
        return this;
    }

    /** Sets the look-ahead. */
    public FakeStep lookahead(Lookahead given) {
        lookahead = given;
        return this;
    }

    /** Sets the epoch. */
    public FakeStep epoch(int number) {
        epoch = number;
        return this;
    }

    /** Sets the number of steps done before this one. */
    public FakeStep step(long number) {
        step = number;
        return this;
    }

    @Override
    public int tasks() {
        return losses.length;
    }

    @Override
    public String taskName(int task) {
        return "task" + task;
    }

    @Override
    public double loss(int task) {
        return losses[task];
    }

    @Override
    public boolean present(int task) {
        return !Double.isNaN(losses[task]);
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
        return random == null ? new SplittableRandom(77 + step) : random;
    }

    @Override
    public Jacobian jacobian(int draw) {
        if (draw >= jacobians.length) {
            throw new IllegalStateException("no draw " + draw + " in this step");
        }
        return jacobians[draw];
    }

    @Override
    public double[][] representation() {
        return representation == null ? TrainingStep.super.representation() : representation;
    }

    @Override
    public Lookahead lookahead() {
        if (lookahead == null) {
            throw new IllegalStateException("no look-ahead in this step");
        }
        return lookahead;
    }
}
