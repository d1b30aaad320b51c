package io.mtl4j.golden;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.aggregation.Constant;
import io.mtl4j.aggregation.Mgda;
import io.mtl4j.aggregation.PcGrad;
import io.mtl4j.aggregation.Preference;
import io.mtl4j.aggregation.TaskOrder;
import io.mtl4j.aggregation.UpGrad;
import io.mtl4j.aggregation.UpdateDirection;
import io.mtl4j.step.FakeStep;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The aggregators of this library with the parameters of golden cases. */
final class AggregationSubjects {

    private AggregationSubjects() {}

    static Map<String, GoldenSubject> all() {
        Map<String, GoldenSubject> subjects = new TreeMap<>();
        subjects.put("libmtl EW", golden -> plain(Aggregations.sum()));
        subjects.put("torchjd Sum", golden -> plain(Aggregations.sum()));
        subjects.put("torchjd Mean", golden -> plain(Aggregations.mean()));
        subjects.put("torchjd Fixed weights (Constant)", AggregationSubjects::constant);
        subjects.put("libmtl MGDA", golden -> plain(mgda(golden)));
        subjects.put("libmtl UPGrad", AggregationSubjects::upGrad);
        subjects.put("torchjd UPGrad", AggregationSubjects::upGrad);
        subjects.put("libmtl PCGrad", golden -> pcGrad(1e-8, true));
        subjects.put("torchjd PCGrad", golden -> pcGrad(0, false));
        return subjects;
    }

    private static GoldenSubject.Method plain(Aggregator aggregator) {
        return (step, tolerance) -> direction(aggregator, step(step), step.grads());
    }

    static TrainingStep step(GoldenStep step) {
        return new FakeStep(step.losses()).gradients(step.grads());
    }

    static double[] direction(Aggregator aggregator, TrainingStep step, double[][] rows) {
        UpdateDirection direction = aggregator.aggregate(step);
        return direction instanceof UpdateDirection.Vector vector
                ? vector.direction()
                : combine(((UpdateDirection.Weights) direction).weights(), rows);
    }

    static double[] combine(double[] weights, double[][] rows) {
        return IntStream.range(0, rows[0].length)
                .mapToDouble(column -> IntStream.range(0, weights.length)
                        .mapToDouble(k -> weights[k] * rows[k][column])
                        .sum())
                .toArray();
    }

    private static GoldenSubject.Method constant(GoldenCase golden) {
        return (step, tolerance) -> {
            double[] weights = Arrays.copyOf(golden.vectorParam("weights"), step.grads().length);
            return direction(new Constant(weights), step(step), step.grads());
        };
    }

    private static Mgda mgda(GoldenCase golden) {
        return Aggregations.mgda()
                .withNormalisation(
                        switch (golden.textParam("normalization")) {
                            case "none" -> Mgda.Normalisation.NONE;
                            case "l2" -> Mgda.Normalisation.LENGTH;
                            case "loss" -> Mgda.Normalisation.LOSS;
                            case "loss+" -> Mgda.Normalisation.LOSS_TIMES_LENGTH;
                            default -> throw new IllegalStateException(golden.textParam("normalization"));
                        });
    }

    private static GoldenSubject.Method upGrad(GoldenCase golden) {
        return (step, tolerance) -> direction(
                new UpGrad(preference(golden, step), golden.param("regEps"), param(golden, "normEps", 0)),
                step(step),
                step.grads());
    }

    /** The first K entries of the preference. */
    static Preference preference(GoldenCase golden, GoldenStep step) {
        double[] given = golden.vectorParam("pref");
        return given == null ? Preference.none() : Preference.of(Arrays.copyOf(given, step.grads().length));
    }

    static double param(GoldenCase golden, String name, double otherwise) {
        return golden.params().hasNonNull(name) ? golden.param(name) : otherwise;
    }

    private static GoldenSubject.Method pcGrad(double damping, boolean visitsItself) {
        return (step, tolerance) -> {
            double[][] orders = step.matrix("random/orders");
            PcGrad pcGrad = new PcGrad(order(orders, visitsItself), damping);
            return direction(pcGrad, step(step), step.grads());
        };
    }

    static TaskOrder order(double[][] orders, boolean visitsItself) {
        return (task, tasks, random) -> Arrays.stream(orders[task])
                .mapToInt(j -> (int) j)
                .filter(j -> visitsItself || j != task)
                .toArray();
    }

    static Function<GoldenStep, TrainingStep> scripted(String draws) {
        return step -> new FakeStep(step.losses()).gradients(step.grads()).random(new Scripted(step.vector(draws)));
    }
}
