package io.mtl4j.nn.train;

import io.mtl4j.internal.Require;
import java.util.Objects;

/**
 * Who computes the steps of a training. The trainer plans them, measures, stops and writes checkpoints in any case; those who
 * bring computation elsewhere, such as onto a cluster, give one of these to {@link TrainerBuilder#execution}.
 */
public sealed interface Execution {

    /** {@return this process; the default} */
    static Execution here() {
        return new Here();
    }

    /**
     * {@return losses and gradients come from elsewhere; methods, optimiser and penalties work on them here}
     *
     * @param pass gives them
     */
    static Execution gradients(ForwardPass pass) {
        return new Gradients(pass);
    }

    /**
     * {@return whole steps are done elsewhere, several at once}
     *
     * @param length how many, at least 1; the last of an epoch may be fewer
     * @param rounds does them
     */
    static Execution rounds(int length, StepRounds rounds) {
        return new Rounds(length, rounds);
    }

    /** {@return whether the data of the training are here} */
    default boolean isHere() {
        return this instanceof Here;
    }

    /** See {@link #here()}. */
    record Here() implements Execution {}

    /**
     * See {@link #gradients}.
     *
     * @param pass gives losses and gradients
     */
    record Gradients(ForwardPass pass) implements Execution {
        /** Checks that there is one. */
        public Gradients {
            Objects.requireNonNull(pass, "pass");
        }
    }

    /**
     * See {@link #rounds}.
     *
     * @param length steps of a round
     * @param rounds does them
     */
    record Rounds(int length, StepRounds rounds) implements Execution {
        /** Checks the values. */
        public Rounds {
            Require.atLeast("steps of a round", length, 1);
            Objects.requireNonNull(rounds, "rounds");
        }
    }
}
