package io.mtl4j.nn.ensemble;

import io.mtl4j.internal.Require;
import io.mtl4j.schedule.LearningRate;

/**
 * A learning rate that falls in half a cosine and jumps back up, M times: {@code (1 + cos(π (t mod L) / L)) / 2} with cycles
 * of {@code L = ⌈T / M⌉} of the T steps (G. Huang and others, "Snapshot Ensembles: Train 1, Get M for Free", ICLR 2017,
 * equation 2).
 *
 * @param cycles M, at least 1
 */
public record CyclicCosine(int cycles) implements LearningRate {

    /** Checks the number. */
    public CyclicCosine {
        Require.atLeast("cycles", cycles, 1);
    }

    @Override
    public double factor(long step, long totalSteps) {
        long length = length(totalSteps);
        return (1 + Math.cos(Math.PI * (step % length) / length)) / 2;
    }

    /** The number of steps in a cycle. */
    long length(long totalSteps) {
        return (totalSteps + cycles - 1) / cycles;
    }
}
