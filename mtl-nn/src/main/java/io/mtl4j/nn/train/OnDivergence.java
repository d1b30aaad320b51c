package io.mtl4j.nn.train;

import io.mtl4j.internal.Require;

/** What a training does when a feature, a loss, a gradient or a running statistic is NaN or infinite. */
public sealed interface OnDivergence {

    /** {@return end with a {@link TrainingDivergedException}, the model being back at the last good epoch; the default} */
    static OnDivergence stop() {
        return new Stop();
    }

    /**
     * {@return leave the step out, as if its batch had not been drawn, and go on}
     *
     * @param mostInARow when more steps in succession diverge, training stops; at least 1
     */
    static OnDivergence skipStep(int mostInARow) {
        return new SkipStep(mostInARow);
    }

    /**
     * {@return go back to the beginning of the epoch, parameters and all that is remembered, and go on from there with the
     * next batch and a lower learning rate}
     *
     * @param most when it happens more often, training stops; at least 1
     * @param rateFactor what multiplies the learning rate each time, above 0, at most 1
     */
    static OnDivergence rollBack(int most, double rateFactor) {
        return new RollBack(most, rateFactor);
    }

    /** See {@link #stop()}. */
    record Stop() implements OnDivergence {}

    /**
     * See {@link #skipStep}.
     *
     * @param mostInARow when more steps in succession diverge, training stops
     */
    record SkipStep(int mostInARow) implements OnDivergence {
        /** Checks the value. */
        public SkipStep {
            Require.atLeast("skip step: most in a row", mostInARow, 1);
        }
    }

    /**
     * See {@link #rollBack}.
     *
     * @param most when it happens more often, training stops
     * @param rateFactor what multiplies the learning rate each time
     */
    record RollBack(int most, double rateFactor) implements OnDivergence {
        /** Checks the values. */
        public RollBack {
            Require.atLeast("roll back: most", most, 1);
            Require.within("roll back: rate factor", rateFactor, Double.MIN_VALUE, 1);
        }
    }
}
