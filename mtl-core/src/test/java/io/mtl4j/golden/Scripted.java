package io.mtl4j.golden;

import java.util.random.RandomGenerator;

/** Random numbers that were recorded: hands out one list for every kind of draw, and fails when it runs out. */
public final class Scripted implements RandomGenerator {

    private final double[] draws;
    private int next;

    /** Takes the draws, uniform or normal as the method under test asks for them. */
    public Scripted(double[] draws) {
        this.draws = draws.clone();
    }

    @Override
    public double nextDouble() {
        if (next == draws.length) {
            throw new IllegalStateException("the method asks for more than the " + next + " recorded draws");
        }
        return draws[next++];
    }

    @Override
    public double nextGaussian() {
        return nextDouble();
    }

    @Override
    public long nextLong() {
        throw new IllegalStateException("only nextDouble() and nextGaussian() were recorded");
    }
}
