package io.mtl4j.examples.compare;

import java.util.List;
import java.util.Locale;

/**
 * What came out of one method with one seed.
 *
 * @param method the method
 * @param seed the seed
 * @param status how it ended
 * @param values the metric of each task on the test data, in the problem's order; NaN unless it finished
 * @param conflictShare share of steps in which two tasks' gradients have a negative cosine; NaN where it is not known
 * @param cosine mean cosine over these steps; NaN where it is not known
 * @param milliseconds median time of a step, in ms; NaN where it is not known
 * @param seconds time of training and test, in s
 * @param message why it did not finish, or what trained in how many of the steps if not all did in all; may be empty
 */
record Run(
        Method method,
        long seed,
        Status status,
        List<Double> values,
        double conflictShare,
        double cosine,
        double milliseconds,
        double seconds,
        String message) {

    /** How a run ended. */
    enum Status {
        /** Trained and tested. */
        FINISHED,
        /** A loss or gradient became NaN or infinite, or left the method's domain. */
        DIVERGED,
        /** The method does not work with this problem, such as one that needs three tasks. */
        UNSUITED;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    Run {
        values = List.copyOf(values);
    }

    boolean finished() {
        return status == Status.FINISHED;
    }
}
