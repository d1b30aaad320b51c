package io.mtl4j.search;

import io.mtl4j.internal.RandomStreams;
import io.mtl4j.internal.Require;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Bayesian search by a tree of Parzen estimators (J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl, "Algorithms for Hyper-Parameter
 * Optimization", NeurIPS 2011, section 4). The trials so far are cut into the best part γ and the rest; l(x) is the density of
 * the values among the best, g(x) among the rest; and of some candidates drawn from l the one with the greatest {@code l(x) /
 * g(x)} is tried, which has the greatest expected improvement. Each parameter is chosen by itself, over the trials in which it
 * has a value: the tree of conditions.
 *
 * <p>It is ours because there is no maintained Bayesian optimiser under a permissive licence on Maven Central that knows choices,
 * whole numbers and conditions, and it is short; a Gaussian process would need matrices that the JDK has not, and be no better
 * where parameters are conditional.
 *
 * <p>Deviations: the number of best trials is {@code ⌈γ n⌉}, at most 25, as later implementations have it; a whole number has the
 * density at its value, not the mass of its bin; failed trials count among the rest, so that there are fewer best ones where most
 * fail.
 *
 * @param trials the number of trials, at least 1
 * @param budget the epochs of each, at least 1
 * @param startup the number of trials drawn at random before the first estimate, at least 1
 * @param atOnce the number of trials that are chosen at the same time, and so may run at the same time, at least 1; results
 *     depend on it
 * @param gamma γ, above 0 and below 1
 * @param candidates the number of candidates from which a value is chosen, at least 1
 */
public record Tpe(int trials, int budget, int startup, int atOnce, double gamma, int candidates)
        implements SearchStrategy {

    private static final int MOST_GOOD = 25;

    /** Checks the numbers. */
    public Tpe {
        Require.atLeast("tpe: trials", trials, 1);
        Require.atLeast("tpe: budget", budget, 1);
        Require.atLeast("tpe: trials at random", startup, 1);
        Require.atLeast("tpe: trials at once", atOnce, 1);
        Require.atLeast("tpe: candidates", candidates, 1);
        if (!(gamma > 0 && gamma < 1)) {
            throw new IllegalArgumentException("tpe: gamma = " + gamma + "; it must be above 0 and below 1");
        }
    }

    /**
     * The usual settings: 10 trials at random, then one at a time, γ = 0.15 as in the paper, 24 candidates.
     *
     * @param trials the number of trials, at least 1
     * @param budget the epochs of each, at least 1
     */
    public Tpe(int trials, int budget) {
        this(trials, budget, 10, 1, 0.15, 24);
    }

    /**
     * {@return this with another number of trials that are drawn at random}
     *
     * @param number at least 1
     */
    public Tpe startup(int number) {
        return new Tpe(trials, budget, number, atOnce, gamma, candidates);
    }

    /**
     * {@return this with another number of trials that are chosen at the same time}
     *
     * @param number at least 1, such as the number of threads
     */
    public Tpe atOnce(int number) {
        return new Tpe(trials, budget, startup, number, gamma, candidates);
    }

    @Override
    public String description() {
        return "tpe(" + trials + " trials of " + budget + " epochs, " + startup + " at random, " + atOnce
                + " at once, gamma " + gamma + ", " + candidates + " candidates)";
    }

    @Override
    public int fullBudget() {
        return budget;
    }

    @Override
    public Course start(SearchSpace space, long seed) {
        return new Sequence(space, seed);
    }

    private final class Sequence implements Course {
        private final SearchSpace space;
        private final long seed;
        private final List<TrialRun.Outcome> all = new ArrayList<>();

        Sequence(SearchSpace space, long seed) {
            this.space = space;
            this.seed = seed;
        }

        @Override
        public List<TrialRun> next(List<TrialRun.Outcome> last) {
            all.addAll(last);
            int done = all.size();
            int until = done == 0 ? Math.min(startup, trials) : Math.min(done + atOnce, trials);
            List<TrialRun> runs = new ArrayList<>();
            for (int trial = done; trial < until; trial++) {
                Configuration configuration =
                        done == 0 ? RandomSearch.drawn(space, seed, trial) : chosen(RandomStreams.of(seed, trial));
                runs.add(new TrialRun(trial, configuration, budget));
            }
            return runs;
        }

        private Configuration chosen(RandomGenerator random) {
            List<Configuration> ranked = all.stream()
                    .sorted(Comparator.comparingDouble(o -> o.failed() ? Double.POSITIVE_INFINITY : o.cost()))
                    .map(outcome -> outcome.run().configuration())
                    .toList();
            int succeeded =
                    (int) all.stream().filter(outcome -> !outcome.failed()).count();
            int good = Math.min(Math.min(MOST_GOOD, succeeded), (int) Math.ceil(gamma * ranked.size()));
            return space.fill((parameter, soFar) -> Density.best(
                    parameter,
                    values(ranked.subList(0, good), parameter),
                    values(ranked.subList(good, ranked.size()), parameter),
                    candidates,
                    random));
        }

        private List<Object> values(List<Configuration> some, Hyperparameter parameter) {
            return some.stream()
                    .filter(configuration -> configuration.has(parameter.name()))
                    .map(configuration -> configuration.values().get(parameter.name()))
                    .toList();
        }
    }
}
