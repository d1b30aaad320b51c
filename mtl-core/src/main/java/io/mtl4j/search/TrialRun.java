package io.mtl4j.search;

import java.util.Objects;

/**
 * What a strategy asks for: that a trial be trained up to a budget, from where it is.
 *
 * @param trial the number of the trial, from 0
 * @param configuration its configuration
 * @param budget the number of epochs that it has been trained in all when it is measured, at least 1
 */
public record TrialRun(int trial, Configuration configuration, int budget) {

    /** Checks the numbers. */
    public TrialRun {
        Objects.requireNonNull(configuration, "configuration");
        if (trial < 0 || budget < 1) {
            throw new IllegalArgumentException(
                    "trial " + trial + " with a budget of " + budget + "; they must be at least 0 and 1");
        }
    }

    /**
     * What came out.
     *
     * @param run what was asked for
     * @param cost what is to be made small: the objective, negated if higher is better; NaN if the trial failed
     */
    public record Outcome(TrialRun run, double cost) {

        /** Checks that there is a run. */
        public Outcome {
            Objects.requireNonNull(run, "run");
        }

        /** {@return whether the trial failed: it ended with an exception, or without a value} */
        public boolean failed() {
            return Double.isNaN(cost);
        }
    }
}
