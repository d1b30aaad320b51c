package io.mtl4j.search;

import io.mtl4j.internal.RandomStreams;
import io.mtl4j.internal.Require;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Configurations drawn at random, each trained with the full budget: hard to beat where few parameters matter, and free of
 * settings (J. Bergstra and Y. Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 2012).
 *
 * @param trials the number of configurations, at least 1
 * @param budget the epochs of each, at least 1
 */
public record RandomSearch(int trials, int budget) implements SearchStrategy {

    /** Checks the numbers. */
    public RandomSearch {
        Require.atLeast("random search: trials", trials, 1);
        Require.atLeast("random search: budget", budget, 1);
    }

    @Override
    public String description() {
        return "random(" + trials + " trials of " + budget + " epochs)";
    }

    @Override
    public int fullBudget() {
        return budget;
    }

    @Override
    public Course start(SearchSpace space, long seed) {
        return last -> last.isEmpty()
                ? IntStream.range(0, trials)
                        .mapToObj(i -> new TrialRun(i, drawn(space, seed, i), budget))
                        .toList()
                : List.of();
    }

    /** The configuration of a trial, which does not depend on how many there are. */
    static Configuration drawn(SearchSpace space, long seed, int trial) {
        return space.draw(RandomStreams.of(seed, trial));
    }
}
