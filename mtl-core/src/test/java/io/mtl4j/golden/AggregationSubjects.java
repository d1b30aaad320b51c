package io.mtl4j.golden;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.aggregation.AlignedMtl;
import io.mtl4j.aggregation.CaGrad;
import io.mtl4j.aggregation.ConFig;
import io.mtl4j.aggregation.Constant;
import io.mtl4j.aggregation.DualProj;
import io.mtl4j.aggregation.FairGrad;
import io.mtl4j.aggregation.FrankWolfeMgda;
import io.mtl4j.aggregation.GradDrop;
import io.mtl4j.aggregation.Krum;
import io.mtl4j.aggregation.Mgda;
import io.mtl4j.aggregation.PcGrad;
import io.mtl4j.aggregation.Preference;
import io.mtl4j.aggregation.RepresentationGradDrop;
import io.mtl4j.aggregation.TaskOrder;
import io.mtl4j.aggregation.TrimmedMean;
import io.mtl4j.aggregation.UpGrad;
import io.mtl4j.aggregation.UpdateDirection;
import io.mtl4j.step.FakeStep;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
        subjects.put("torchjd MGDA (Frank-Wolfe)", AggregationSubjects::frankWolfe);
        subjects.put("libmtl MGDA-UB", AggregationSubjects::representationMgda);
        subjects.put("libmtl GradDrop (representation)", AggregationSubjects::representationGradDrop);
        subjects.put("torchjd GradDrop", AggregationSubjects::gradDrop);
        subjects.put("torchjd IMTL-G", golden -> plain(Aggregations.imtlG()));
        subjects.put("libmtl CAGrad", AggregationSubjects::caGrad);
        subjects.put("torchjd CAGrad", AggregationSubjects::caGrad);
        subjects.put("libmtl FairGrad", golden -> plain(new FairGrad(golden.param("alpha"))));
        subjects.put("libmtl Aligned-MTL (min)", golden -> aligned(golden, 1));
        subjects.put("torchjd AlignedMTL", golden -> aligned(golden, 0));
        subjects.put("torchjd ConFIG", AggregationSubjects::conFig);
        subjects.put("torchjd DualProj", AggregationSubjects::dualProj);
        subjects.put("torchjd Krum", AggregationSubjects::krum);
        subjects.put("torchjd TrimmedMean", golden -> plain(new TrimmedMean((int) golden.param("trimNumber"))));
        subjects.putAll(StatefulSubjects.all());
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

    private static GoldenSubject.Method frankWolfe(GoldenCase golden) {
        return plain(new FrankWolfeMgda(golden.param("epsilon"), (int) golden.param("maxIters")));
    }

    /** Weights from the gradients summed over the batch, applied to those of each example. */
    private static GoldenSubject.Method representationMgda(GoldenCase golden) {
        return (step, tolerance) -> {
            UpdateDirection found = mgda(golden).alongRawGradients().aggregate(step(step));
            return combine(((UpdateDirection.Weights) found).weights(), flattened(step));
        };
    }

    private static double[][] flattened(GoldenStep step) {
        return Arrays.stream(step.cube("repGrads"))
                .map(batch ->
                        Arrays.stream(batch).flatMapToDouble(Arrays::stream).toArray())
                .toArray(double[][]::new);
    }

    private static GoldenSubject.Method representationGradDrop(GoldenCase golden) {
        return (step, tolerance) -> {
            FakeStep given = new FakeStep(step.losses())
                    .gradients(flattened(step))
                    .representation(step.matrix("representation"))
                    .random(new Scripted(step.vector("random/uniform")));
            return direction(new RepresentationGradDrop(golden.param("leak"), 1e-7), given, flattened(step));
        };
    }

    private static GoldenSubject.Method gradDrop(GoldenCase golden) {
        double[] leak = golden.vectorParam("leak");
        return (step, tolerance) -> {
            FakeStep given = new FakeStep(step.losses())
                    .gradients(step.grads())
                    .random(new Scripted(step.vector("random/uniform")));
            GradDrop gradDrop = leak == null
                    ? new GradDrop()
                    : new GradDrop(Preference.of(Arrays.copyOf(leak, step.grads().length)));
            return direction(gradDrop, given, step.grads());
        };
    }

    private static GoldenSubject.Method caGrad(GoldenCase golden) {
        CaGrad.Rescale rescale = CaGrad.Rescale.values()[(int) param(golden, "rescale", 0)];
        return plain(new CaGrad(golden.param("c"), rescale, param(golden, "normEps", 0)));
    }

    private static GoldenSubject.Method aligned(GoldenCase golden, double each) {
        AlignedMtl.Scale scale =
                AlignedMtl.Scale.valueOf(golden.textParam("scaleMode").toUpperCase(Locale.ROOT));
        return (step, tolerance) -> {
            double[] ones = new double[step.grads().length];
            Arrays.fill(ones, each);
            Preference preference = each == 0 ? preference(golden, step) : Preference.of(ones);
            return direction(new AlignedMtl(scale, preference), step(step), step.grads());
        };
    }

    private static GoldenSubject.Method conFig(GoldenCase golden) {
        return (step, tolerance) -> direction(new ConFig(preference(golden, step)), step(step), step.grads());
    }

    private static GoldenSubject.Method dualProj(GoldenCase golden) {
        return (step, tolerance) -> direction(
                new DualProj(preference(golden, step), golden.param("regEps"), param(golden, "normEps", 0)),
                step(step),
                step.grads());
    }

    private static GoldenSubject.Method krum(GoldenCase golden) {
        return plain(new Krum((int) golden.param("nByzantine"), (int) golden.param("nSelected")));
    }
}
