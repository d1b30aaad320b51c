package io.mtl4j.search;

import java.util.List;

/**
 * What to try next: {@link RandomSearch}, {@link SuccessiveHalving}, {@link Hyperband}, {@link Tpe}, or your own.
 *
 * <p>A strategy is a pure function of the space, the seed and the outcomes so far, in the order in which it asked for them. So
 * a search that was killed asks for the same runs again, and nothing depends on how many of them run at the same time.
 */
public interface SearchStrategy {

    /** {@return what it is, with its settings, such as {@code hyperband(27 epochs, eta 3)}} */
    String description();

    /** {@return the budget, in epochs, that no trial exceeds; curves of learning rates are laid out for it} */
    int fullBudget();

    /**
     * {@return a search at its beginning}
     *
     * @param space what may be chosen
     * @param seed of all draws
     */
    Course start(SearchSpace space, long seed);

    /** The course of one search. */
    interface Course {

        /**
         * {@return the next runs, independent of each other; none when the search is over}
         *
         * @param last the outcomes of the runs that were asked for last, in their order; empty at first
         */
        List<TrialRun> next(List<TrialRun.Outcome> last);
    }
}
