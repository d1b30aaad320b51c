package io.mtl4j.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TpeTest {

    private static final SearchSpace SPACE = SearchSpace.builder()
            .logUniform("lr", 1e-5, 1)
            .integer("units", 1, 200)
            .uniform("dropout", 0, 0.9)
            .choice("weighting", "equal", "good", "bad", "worse")
            .when("weighting", "good")
            .uniform("alpha", 0, 3)
            .build();

    /** A valley around a learning rate, a width and a dropout, deepest with one weighting at one strength. */
    private static double cost(Configuration c) {
        double cost = Math.pow(Math.log10(c.real("lr") / 3e-3), 2)
                + Math.pow((c.integer("units") - 60) / 50.0, 2)
                + 4 * Math.pow(c.real("dropout") - 0.3, 2);
        return switch (c.choice("weighting")) {
            case "good" -> cost + Math.pow(c.real("alpha") - 1.2, 2);
            case "equal" -> cost + 0.5;
            default -> cost + 1;
        };
    }

    private static double best(SearchStrategy strategy, ToDoubleFunction<Configuration> cost, long seed) {
        SearchStrategy.Course course = strategy.start(SPACE, seed);
        List<TrialRun.Outcome> last = List.of();
        double best = Double.POSITIVE_INFINITY;
        for (List<TrialRun> runs = course.next(last); !runs.isEmpty(); runs = course.next(last)) {
            last = new ArrayList<>();
            for (TrialRun run : runs) {
                double value = cost.applyAsDouble(run.configuration());
                best = value < best ? value : best;
                last.add(new TrialRun.Outcome(run, value));
            }
        }
        return best;
    }

    @Example
    void isBetterThanRandomSearchWithAsManyTrials() {
        double tpe = 0;
        double several = 0;
        double random = 0;
        int wins = 0;
        int seeds = 20;
        for (int seed = 0; seed < seeds; seed++) {
            double own = best(new Tpe(60, 1), TpeTest::cost, seed);
            double drawn = best(new RandomSearch(60, 1), TpeTest::cost, seed);
            tpe += own / seeds;
            random += drawn / seeds;
            several += best(new Tpe(60, 1).atOnce(5), TpeTest::cost, seed) / seeds;
            wins += own < drawn ? 1 : 0;
        }
        String found = "tpe " + tpe + ", five at once " + several + ", random " + random + ", wins " + wins;
        assertTrue(tpe < 0.65 * random, found);
        assertTrue(several < 0.85 * random, found);
        assertTrue(wins >= 15, found);
    }

    @Example
    void goesOnWhenHalfOfTheTrialsFail() {
        ToDoubleFunction<Configuration> failing =
                c -> c.real("lr") > 1e-2 || c.choice("weighting").equals("equal") ? Double.NaN : cost(c);
        double tpe = 0;
        double random = 0;
        for (int seed = 0; seed < 10; seed++) {
            tpe += best(new Tpe(60, 1), failing, seed);
            random += best(new RandomSearch(60, 1), failing, seed);
        }
        assertTrue(tpe < random, tpe + " and " + random);
        assertEquals(Double.POSITIVE_INFINITY, best(new Tpe(30, 1), c -> Double.NaN, 3));
    }

    /** One trial of twenty succeeded, and {@code ⌈γ n⌉} is 3: what is drawn comes from that one, and from no failed one. */
    @Example
    void failedTrialsAreNeverAmongTheBest() {
        SearchSpace space =
                SearchSpace.builder().choice("kind", "fails", "works").build();
        int works = 0;
        for (int seed = 0; seed < 300; seed++) {
            SearchStrategy.Course course = new Tpe(30, 1, 20, 1, 0.15, 1).start(space, seed);
            List<TrialRun.Outcome> outcomes = new ArrayList<>();
            for (TrialRun run : course.next(List.of())) {
                String kind = run.trial() == 7 ? "works" : "fails";
                outcomes.add(new TrialRun.Outcome(
                        new TrialRun(run.trial(), new Configuration(Map.of("kind", kind)), 1),
                        run.trial() == 7 ? 1 : Double.NaN));
            }
            works += course.next(outcomes).get(0).configuration().choice("kind").equals("works") ? 1 : 0;
        }
        assertEquals(200, works, 30); // (1 + 1) / (1 + 2) of them; with two failed ones among the best, 2 in 5
    }

    @Property(tries = 30)
    void densitiesAreDensities(@ForAll @IntRange(max = 30) int seen, @ForAll boolean log, @ForAll long seed) {
        Hyperparameter.Real parameter = new Hyperparameter.Real("x", 0.1, 10, log, java.util.Optional.empty());
        SplittableRandom random = new SplittableRandom(seed);
        double[] places = IntStream.range(0, seen)
                .mapToDouble(i -> parameter.place(parameter.draw(random)))
                .toArray();
        ParzenEstimator estimator = new ParzenEstimator(parameter, places);
        double low = parameter.scaleLow();
        double width = (parameter.scaleHigh() - low) / 20_000;
        double mass = 0;
        double mean = 0;
        for (int i = 0; i < 20_000; i++) {
            double place = low + (i + 0.5) * width;
            mass += width * estimator.density(place);
            mean += width * place * estimator.density(place);
        }
        assertEquals(1, mass, 1e-5);
        double drawn = IntStream.range(0, 4000)
                .mapToDouble(i -> parameter.place(estimator.draw(random)))
                .average()
                .orElseThrow();
        assertEquals(mean, drawn, 6 * (parameter.scaleHigh() - low) / Math.sqrt(12 * 4000.0));
    }

    @Example
    void frequenciesOfOptionsAddUpToOne() {
        Frequencies some = new Frequencies(List.of("a", "b", "c"), List.of("a", "a", "c"));
        assertEquals(Math.log(3 / 6.0), some.log("a"), 1e-12);
        assertEquals(Math.log(1 / 6.0), some.log("b"), 1e-12);
        SplittableRandom random = new SplittableRandom(1);
        long count = IntStream.range(0, 6000)
                .filter(i -> some.draw(random).equals("a"))
                .count();
        assertEquals(3000, count, 200);
    }
}
