package io.mtl4j.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.search.SuccessiveHalving.Rung;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class HyperbandTest {

    private static final SearchSpace SPACE =
            SearchSpace.builder().uniform("x", 0, 1).build();

    private static List<Rung> rungs(int... numbers) {
        List<Rung> rungs = new ArrayList<>();
        for (int i = 0; i < numbers.length; i += 2) {
            rungs.add(new Rung(numbers[i], numbers[i + 1]));
        }
        return rungs;
    }

    /** Line 3 of Algorithm 1: n = ceil(5 * 3^s / (s + 1)). */
    @Example
    void bracketsAreThoseOfAlgorithmOne() {
        assertEquals(
                List.of(
                        rungs(81, 1, 27, 3, 9, 9, 3, 27, 1, 81),
                        rungs(34, 3, 11, 9, 3, 27, 1, 81),
                        rungs(15, 9, 5, 27, 1, 81),
                        rungs(8, 27, 2, 81),
                        rungs(5, 81)),
                new Hyperband(81).brackets());
    }

    /** Table 1 of the paper, R = 81 and eta = 3, whose brackets begin with 81, 27, 9, 6 and 5 configurations. */
    @Example
    void halvingGivesTheColumnsOfTableOne() {
        assertEquals(rungs(81, 1, 27, 3, 9, 9, 3, 27, 1, 81), new SuccessiveHalving(81, 1, 81, 3).rungs());
        assertEquals(rungs(27, 3, 9, 9, 3, 27, 1, 81), new SuccessiveHalving(27, 3, 81, 3).rungs());
        assertEquals(rungs(9, 9, 3, 27, 1, 81), new SuccessiveHalving(9, 9, 81, 3).rungs());
        assertEquals(rungs(6, 27, 2, 81), new SuccessiveHalving(6, 27, 81, 3).rungs());
        assertEquals(rungs(5, 81), new SuccessiveHalving(5, 81, 81, 3).rungs());
    }

    @Property(tries = 100)
    void bracketsEndAtTheFullBudgetAndCostAboutTheSame(
            @ForAll @IntRange(min = 1, max = 200) int most, @ForAll @IntRange(min = 2, max = 5) int eta) {
        List<List<Rung>> brackets = new Hyperband(most, eta).brackets();
        for (List<Rung> bracket : brackets) {
            assertEquals(most, bracket.get(bracket.size() - 1).budget());
            for (int i = 0; i < bracket.size(); i++) {
                assertTrue(bracket.get(i).trials() >= 1);
                assertTrue(
                        i == 0 || bracket.get(i).budget() > bracket.get(i - 1).budget());
            }
        }
        assertEquals(brackets.size(), brackets.get(0).size());
        assertEquals(1, brackets.get(brackets.size() - 1).size());
    }

    /** Runs a strategy on costs that are a function of configuration and budget; what was run, in order. */
    private static List<TrialRun> run(SearchStrategy strategy, long seed, Set<Integer> failing) {
        List<TrialRun> all = new ArrayList<>();
        SearchStrategy.Course course = strategy.start(SPACE, seed);
        List<TrialRun.Outcome> last = List.of();
        for (List<TrialRun> runs = course.next(last); !runs.isEmpty(); runs = course.next(last)) {
            all.addAll(runs);
            last = runs.stream()
                    .map(run -> new TrialRun.Outcome(
                            run,
                            failing.contains(run.trial())
                                    ? Double.NaN
                                    : Math.abs(run.configuration().real("x") - 0.7)))
                    .toList();
        }
        return all;
    }

    @Example
    void theBestOfEachRungGoOn() {
        List<TrialRun> runs = run(new SuccessiveHalving(9, 2, 18, 3), 5, Set.of());
        Map<Integer, List<TrialRun>> byBudget = runs.stream().collect(Collectors.groupingBy(TrialRun::budget));
        assertEquals(Set.of(2, 6, 18), byBudget.keySet());
        List<Integer> ranked = byBudget.get(2).stream()
                .sorted(Comparator.comparingDouble(
                        r -> Math.abs(r.configuration().real("x") - 0.7)))
                .map(TrialRun::trial)
                .toList();
        assertEquals(
                new TreeSet<>(ranked.subList(0, 3)),
                new TreeSet<>(byBudget.get(6).stream().map(TrialRun::trial).toList()));
        assertEquals(ranked.get(0), byBudget.get(18).get(0).trial());
    }

    @Example
    void hyperbandDoesAllRungsOfAllBracketsAndCountsItsEpochs() {
        Hyperband hyperband = new Hyperband(9);
        List<TrialRun> runs = run(hyperband, 1, Set.of());
        Map<Integer, Integer> budgets = new HashMap<>();
        runs.forEach(run -> budgets.merge(run.trial(), run.budget(), Math::max));
        assertEquals(
                hyperband.epochs(), budgets.values().stream().mapToInt(b -> b).sum());
        assertEquals(9 + 3 + 1 + 5 + 1 + 3, runs.size());
    }

    @Example
    void failedTrialsNeverGoOnAndABracketOfFailuresEnds() {
        List<TrialRun> all = run(new SuccessiveHalving(4, 1, 4, 2), 1, Set.of(0, 1, 2));
        assertEquals(
                List.of(3, 3),
                all.stream().filter(r -> r.budget() > 1).map(TrialRun::trial).toList());
        assertEquals(
                4, run(new SuccessiveHalving(4, 1, 4, 2), 1, Set.of(0, 1, 2, 3)).size());
    }

    @Example
    void theSameSeedAsksForTheSame() {
        for (SearchStrategy strategy : Arrays.asList(
                new Hyperband(9), new RandomSearch(4, 1), new Tpe(15, 1), new SuccessiveHalving(4, 1, 4, 2))) {
            assertEquals(run(strategy, 3, Set.of(1)), run(strategy, 3, Set.of(1)), strategy.description());
            assertTrue(!run(strategy, 3, Set.of()).equals(run(strategy, 4, Set.of())), strategy.description());
            assertEquals(
                    strategy.fullBudget(),
                    run(strategy, 3, Set.of()).stream()
                            .mapToInt(TrialRun::budget)
                            .max()
                            .orElseThrow());
        }
        assertEquals(run(new RandomSearch(9, 1), 3, Set.of()).subList(0, 4), run(new RandomSearch(4, 1), 3, Set.of()));
    }

    @Example
    void badSettingsAreRefused() {
        for (Runnable wrong : List.<Runnable>of(
                () -> new Hyperband(0),
                () -> new Hyperband(9, 1),
                () -> new SuccessiveHalving(0, 1, 1, 2),
                () -> new SuccessiveHalving(1, 2, 1, 2),
                () -> new RandomSearch(0, 1),
                () -> new Tpe(0, 1),
                () -> new Tpe(10, 1, 10, 1, 1.0, 24),
                () -> new TrialRun(-1, new Configuration(Map.of()), 1))) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
    }
}
