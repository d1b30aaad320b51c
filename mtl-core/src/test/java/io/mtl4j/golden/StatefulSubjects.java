package io.mtl4j.golden;

import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.aggregation.DbMtl;
import io.mtl4j.aggregation.ExcessMtl;
import io.mtl4j.aggregation.GradVac;
import io.mtl4j.aggregation.ImtlG;
import io.mtl4j.aggregation.MoCo;
import io.mtl4j.aggregation.MoDo;
import io.mtl4j.aggregation.NashMtl;
import io.mtl4j.aggregation.SdmGrad;
import io.mtl4j.step.FakeStep;
import io.mtl4j.step.MethodState;
import java.util.Map;

/** The aggregators that remember something, with the parameters of golden cases. */
final class StatefulSubjects {

    private StatefulSubjects() {}

    static Map<String, GoldenSubject> all() {
        return Map.of(
                "libmtl GradVac", StatefulSubjects::gradVac,
                "libmtl IMTL (IMTL-G with IMTL-L)", golden -> StatefulSubjects::imtl,
                "libmtl Nash-MTL", StatefulSubjects::nash,
                "torchjd NashMTL", StatefulSubjects::nash,
                "libmtl MoCo", StatefulSubjects::moCo,
                "libmtl MoDo", StatefulSubjects::moDo,
                "libmtl SDMGrad", StatefulSubjects::sdmGrad,
                "libmtl DB-MTL", StatefulSubjects::dbMtl,
                "libmtl ExcessMTL", StatefulSubjects::excessMtl);
    }

    private static GoldenSubject.Method gradVac(GoldenCase golden) {
        MethodState[] state = {null};
        return (step, tolerance) -> {
            GradVac gradVac = new GradVac(
                    golden.param("beta"), AggregationSubjects.order(step.matrix("random/orders"), false), 1e-8);
            if (state[0] != null) {
                gradVac.restore(state[0]);
            }
            double[] direction = direct(gradVac, step);
            state[0] = gradVac.state();
            double[][] targets = gradVac.targets();
            for (int i = 0; i < targets.length; i++) {
                tolerance.check("rho of task " + i, step.matrix("rhoAfter")[i], targets[i]);
            }
            return direction;
        };
    }

    /** Weights of IMTL-G on gradients that IMTL-L has scaled. */
    private static double[] imtl(GoldenStep step, Tolerance tolerance) {
        double[][] scaled = step.grads();
        for (int k = 0; k < scaled.length && step.has("scale"); k++) {
            double factor = Math.exp(step.vector("scale")[k]);
            for (int i = 0; i < scaled[k].length; i++) {
                scaled[k][i] *= factor;
            }
        }
        return AggregationSubjects.direction(new ImtlG(true), new FakeStep(step.losses()).gradients(scaled), scaled);
    }

    private static GoldenSubject.Method nash(GoldenCase golden) {
        return plain(new NashMtl((int) golden.param("updateWeightsEvery"), golden.param("maxNorm")));
    }

    private static GoldenSubject.Method moCo(GoldenCase golden) {
        MoCo moCo = new MoCo(new MoCo.Rates(
                golden.param("beta"),
                golden.param("betaSigma"),
                golden.param("gamma"),
                golden.param("gammaSigma"),
                golden.param("rho"),
                1e-8));
        return (step, tolerance) -> {
            double[] direction = direct(moCo, step);
            for (int k = 0; k < step.grads().length; k++) {
                tolerance.check(
                        "tracked gradient " + k,
                        step.matrix("trackedAfter")[k],
                        moCo.state().array("tracked." + k));
            }
            return direction;
        };
    }

    private static GoldenSubject.Method dbMtl(GoldenCase golden) {
        DbMtl dbMtl = new DbMtl(golden.param("beta"), golden.param("betaSigma"), 1e-8);
        return (step, tolerance) -> {
            double[] direction = direct(dbMtl, step);
            for (int k = 0; k < step.grads().length; k++) {
                tolerance.check(
                        "smoothed gradient " + k,
                        step.matrix("bufferAfter")[k],
                        dbMtl.state().array("smoothed." + k));
            }
            return direction;
        };
    }

    private static GoldenSubject.Method excessMtl(GoldenCase golden) {
        return plain(new ExcessMtl(golden.param("stepSize"), 1e-7));
    }

    /** The peer's third batch gives the direction, the first two the weights. */
    private static GoldenSubject.Method moDo(GoldenCase golden) {
        MoDo moDo = new MoDo(golden.param("gamma"), golden.param("rho"));
        return (step, tolerance) -> {
            double[][][] grads = step.cube("grads3");
            FakeStep draws = new FakeStep(step.matrix("losses3")[2]).gradients(grads[2], grads[0], grads[1]);
            return AggregationSubjects.direction(moDo, draws, grads[2]);
        };
    }

    private static GoldenSubject.Method sdmGrad(GoldenCase golden) {
        SdmGrad sdmGrad = new SdmGrad(golden.param("lambda"), (int) golden.param("niter"), 1e-8);
        return (step, tolerance) -> {
            double[][][] grads = step.cube("grads3");
            FakeStep draws = new FakeStep(step.matrix("losses3")[0]).gradients(grads);
            return AggregationSubjects.direction(sdmGrad, draws, grads[0]);
        };
    }

    private static GoldenSubject.Method plain(Aggregator aggregator) {
        return (step, tolerance) -> direct(aggregator, step);
    }

    private static double[] direct(Aggregator aggregator, GoldenStep step) {
        return AggregationSubjects.direction(aggregator, AggregationSubjects.step(step), step.grads());
    }
}
