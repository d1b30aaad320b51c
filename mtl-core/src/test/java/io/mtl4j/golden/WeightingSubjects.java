package io.mtl4j.golden;

import io.mtl4j.step.FakeStep;
import io.mtl4j.step.MethodState;
import io.mtl4j.weighting.LossWeighting;
import io.mtl4j.weighting.WeightOptimizer;
import io.mtl4j.weighting.Weightings;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The loss weightings of this library with the parameters of golden cases. */
final class WeightingSubjects {

    private WeightingSubjects() {}

    static Map<String, GoldenSubject> all() {
        Map<String, GoldenSubject> subjects = new TreeMap<>();
        subjects.put("libmtl EW", golden -> plain(Weightings.equal()));
        subjects.put("torchjd Fixed weights (Constant)", WeightingSubjects::fixed);
        subjects.put("formula InverseLoss", WeightingSubjects::inverseLoss);
        subjects.put("libmtl GLS", golden -> plain(Weightings.gls()));
        subjects.put("libmtl RLW", golden -> rlw());
        subjects.put("libmtl DWA", WeightingSubjects::dwa);
        subjects.put("libmtl UW", WeightingSubjects::uncertainty);
        subjects.put("libmtl IMTL (IMTL-G with IMTL-L)", WeightingSubjects::imtlL);
        subjects.put("libmtl FAMO", WeightingSubjects::famo);
        subjects.put("libmtl STCH", WeightingSubjects::stch);
        subjects.put("libmtl GradNorm", WeightingSubjects::gradNorm);
        return subjects;
    }

    private static FakeStep step(GoldenStep step) {
        return new FakeStep(step.losses()).gradients(step.grads());
    }

    /** Checks the weights and combines the gradients. */
    private static double[] combine(double[] weights, GoldenStep step, Tolerance tolerance) {
        if (step.has("weights")) {
            tolerance.check("weights", step.vector("weights"), weights);
        }
        return AggregationSubjects.combine(weights, step.grads());
    }

    private static double[] parameters(LossWeighting weighting) {
        return weighting.state().array("parameters");
    }

    private static GoldenSubject.Method plain(LossWeighting weighting) {
        return (step, tolerance) -> combine(weighting.weigh(step(step)), step, tolerance);
    }

    private static GoldenSubject.Method fixed(GoldenCase golden) {
        return (step, tolerance) -> {
            double[] weights = Arrays.copyOf(golden.vectorParam("weights"), step.grads().length);
            return combine(Weightings.fixed(weights).weigh(step(step)), step, tolerance);
        };
    }

    private static GoldenSubject.Method inverseLoss(GoldenCase golden) {
        double epsilon = golden.param("eps");
        return (step, tolerance) -> {
            double[] normalized =
                    Weightings.normalized(Weightings.inverseLoss(epsilon)).weigh(step(step));
            tolerance.check("weights that sum to K", step.vector("weightsSumToK"), normalized);
            return combine(Weightings.inverseLoss(epsilon).weigh(step(step)), step, tolerance);
        };
    }

    private static GoldenSubject.Method rlw() {
        return (step, tolerance) -> {
            FakeStep random = step(step).random(new Scripted(step.vector("random/normal")));
            return combine(Weightings.rlw().weigh(random), step, tolerance);
        };
    }

    private static GoldenSubject.Method dwa(GoldenCase golden) {
        LossWeighting dwa = Weightings.dwa(golden.param("T"));
        int epoch = (int) golden.param("epoch");
        return (step, tolerance) -> {
            double[][] history = step.matrix("lossHistory");
            for (int i = 0; i < history.length; i++) {
                dwa.weigh(new FakeStep(history[i]).epoch(epoch - history.length + i));
            }
            return combine(dwa.weigh(step(step).epoch(epoch)), step, tolerance);
        };
    }

    private static GoldenSubject.Method uncertainty(GoldenCase golden) {
        double rate = 1e-3;
        return (step, tolerance) -> {
            LossWeighting weighting =
                    Weightings.uncertainty(golden.param("logVarianceInit"), WeightOptimizer.sgd(rate));
            double[] before = step.vector("logVariance");
            double[] zeros = new double[before.length];
            weighting.restore(MethodState.empty("uncertainty")
                    .with("parameters", before)
                    .with("first-moments", zeros)
                    .with("second-moments", zeros)
                    .with("optimizer-steps", zeros));
            double[] weights = weighting.weigh(step(step));
            double[] slopes = step.vector("logVarianceGrad");
            double[] after = IntStream.range(0, before.length)
                    .mapToDouble(k -> before[k] - rate * slopes[k])
                    .toArray();
            tolerance.check("log variances", after, parameters(weighting));
            double[] fresh = Weightings.uncertainty(golden.param("logVarianceInit"), WeightOptimizer.sgd(rate))
                    .weigh(step(step));
            double first = 0.5 * Math.exp(-golden.param("logVarianceInit"));
            tolerance.check(
                    "first weights",
                    IntStream.range(0, fresh.length).mapToDouble(k -> first).toArray(),
                    fresh);
            return combine(weights, step, tolerance);
        };
    }

    /** The weights of IMTL-L times those that the reference's IMTL-G gave to the gradients so weighted. */
    private static GoldenSubject.Method imtlL(GoldenCase golden) {
        LossWeighting weighting = Weightings.imtlL(WeightOptimizer.sgd(golden.param("scaleLr")));
        return (step, tolerance) -> {
            double[] weights = weighting.weigh(step(step));
            if (step.has("scaleAfter")) {
                tolerance.check("scales", step.vector("scaleAfter"), parameters(weighting));
            }
            if (step.compare().equals("expected")) {
                double[] alpha = step.vector("weights");
                Arrays.setAll(weights, k -> alpha[k] * weights[k]);
            }
            return AggregationSubjects.combine(weights, step.grads());
        };
    }

    private static GoldenSubject.Method famo(GoldenCase golden) {
        LossWeighting famo = Weightings.famo(
                new WeightOptimizer.Adam(golden.param("wLr"), 0.9, 0.999, 1e-8, golden.param("wDecay")));
        return (step, tolerance) -> {
            double[] weights = famo.weigh(step(step));
            tolerance.check("logits", step.vector("logits"), parameters(famo));
            famo.afterUpdate(step.vector("newLosses"));
            tolerance.check("logits after", step.vector("logitsAfter"), parameters(famo));
            return combine(weights, step, tolerance);
        };
    }

    private static GoldenSubject.Method stch(GoldenCase golden) {
        LossWeighting stch = Weightings.stch(golden.param("mu"), (int) golden.param("warmupEpoch"));
        return (step, tolerance) -> combine(stch.weigh(step(step).epoch((int) step.number("epoch"))), step, tolerance);
    }

    /** The reference starts its logits at 1 and ours start at 0; a softmax does not see the difference. */
    private static GoldenSubject.Method gradNorm(GoldenCase golden) {
        LossWeighting gradNorm =
                Weightings.gradNorm(golden.param("alpha"), WeightOptimizer.sgd(golden.param("scaleLr")));
        GoldenStep first = golden.steps().get(0);
        gradNorm.weigh(new FakeStep(first.vector("initialLosses")).gradients(first.grads()));
        return (step, tolerance) -> {
            double[] weights = gradNorm.weigh(step(step).epoch(1));
            double[] scales = Arrays.stream(parameters(gradNorm))
                    .map(s -> s + golden.param("scaleInit"))
                    .toArray();
            tolerance.check("scales", step.vector("scaleAfter"), scales);
            return combine(weights, step, tolerance);
        };
    }
}
