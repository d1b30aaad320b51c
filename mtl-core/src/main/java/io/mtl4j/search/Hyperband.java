package io.mtl4j.search;

import io.mtl4j.internal.Require;
import io.mtl4j.search.SuccessiveHalving.Rung;
import java.util.ArrayList;
import java.util.List;

/**
 * Successive halving with several ratios of configurations to epochs, for nobody knows beforehand how early a bad trial can be
 * told (L. Li and others, "Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization", JMLR 2018, Algorithm 1).
 *
 * <p>With {@code s_max = ⌊log_η R⌋} and {@code B = (s_max + 1) R}, bracket s = s_max ... 0 begins with {@code n = ⌈(B / R) η^s /
 * (s + 1)⌉} configurations of {@code r = R η^-s} epochs; rung i = 0 ... s has {@code ⌊n η^-i⌋} of {@code r η^i} epochs. The
 * paper's Table 1 (R = 81, η = 3) has 81, 27, 9, 6 and 5 configurations where this formula, its line 3, gives 81, 34, 15, 8 and 5;
 * we follow the formula.
 *
 * <p>Deviations: budgets are rounded to whole epochs, at least 1; all brackets run side by side, which changes no result, for
 * they do not depend on each other.
 *
 * @param fullBudget R, the most epochs of a configuration, at least 1
 * @param eta η, at least 2; 3 is usual
 */
public record Hyperband(int fullBudget, int eta) implements SearchStrategy {

    /** Checks the numbers. */
    public Hyperband {
        Require.atLeast("hyperband: full budget", fullBudget, 1);
        Require.atLeast("hyperband: eta", eta, 2);
    }

    /**
     * Halving by thirds.
     *
     * @param fullBudget R, the most epochs of a configuration, at least 1
     */
    public Hyperband(int fullBudget) {
        this(fullBudget, 3);
    }

    /** {@return the rungs of each bracket, the one with most configurations first} */
    public List<List<Rung>> brackets() {
        int most = 0;
        long power = 1;
        while (power * eta <= fullBudget) {
            power *= eta;
            most++;
        }
        List<List<Rung>> brackets = new ArrayList<>();
        for (int s = most; s >= 0; s--) {
            long trials = ((most + 1) * power + s) / (s + 1);
            List<Rung> rungs = new ArrayList<>();
            long size = 1;
            for (int i = 0; i <= s; i++) {
                long budget = Math.round((double) fullBudget * size / power);
                rungs.add(new Rung((int) (trials / size), (int) Math.max(1, budget)));
                size *= eta;
            }
            brackets.add(List.copyOf(rungs));
            power /= eta;
        }
        return brackets;
    }

    /** {@return the epochs that all trials together are trained, if none fails} */
    public long epochs() {
        long epochs = 0;
        for (List<Rung> bracket : brackets()) {
            int before = 0;
            for (Rung rung : bracket) {
                epochs += (long) rung.trials() * (rung.budget() - before);
                before = rung.budget();
            }
        }
        return epochs;
    }

    @Override
    public String description() {
        return "hyperband(" + fullBudget + " epochs, eta " + eta + ")";
    }

    @Override
    public Course start(SearchSpace space, long seed) {
        return new Brackets(space, seed, brackets());
    }
}
