package io.mtl4j.search;

import io.mtl4j.internal.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * Many configurations with a small budget, of which the best 1/η go on with η times as much, and so on (K. Jamieson and A.
 * Talwalkar, AISTATS 2016; one bracket of {@link Hyperband}, lines 5 to 9 of its Algorithm 1).
 *
 * @param trials n, the number of configurations to begin with, at least 1
 * @param firstBudget r, the epochs of each in the first rung, at least 1
 * @param fullBudget R, the most epochs of a configuration, at least r; r η^i for some i, or else the last rung ends below it, and
 *     curves of learning rates, which are laid out for R, before their end
 * @param eta η, at least 2
 */
public record SuccessiveHalving(int trials, int firstBudget, int fullBudget, int eta) implements SearchStrategy {

    /** Checks the numbers. */
    public SuccessiveHalving {
        Require.atLeast("successive halving: trials", trials, 1);
        Require.atLeast("successive halving: first budget", firstBudget, 1);
        Require.atLeast("successive halving: full budget", fullBudget, firstBudget);
        Require.atLeast("successive halving: eta", eta, 2);
    }

    /**
     * A rung: so many configurations, trained so far.
     *
     * @param trials n_i
     * @param budget r_i, in epochs
     */
    public record Rung(int trials, int budget) {}

    /** {@return the rungs: {@code n_i = ⌊n η^-i⌋} trials of {@code r_i = r η^i} epochs, as long as there are any and r_i ≤ R} */
    public List<Rung> rungs() {
        List<Rung> rungs = new ArrayList<>();
        long size = 1;
        while (trials / size >= 1 && firstBudget * size <= fullBudget) {
            rungs.add(new Rung((int) (trials / size), (int) (firstBudget * size)));
            size *= eta;
        }
        return rungs;
    }

    @Override
    public String description() {
        return "halving(" + trials + " trials, " + firstBudget + " to " + fullBudget + " epochs, eta " + eta + ")";
    }

    @Override
    public Course start(SearchSpace space, long seed) {
        return new Brackets(space, seed, List.of(rungs()));
    }
}
