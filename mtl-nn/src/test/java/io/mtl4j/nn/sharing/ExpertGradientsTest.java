package io.mtl4j.nn.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.model.ParameterLayout;
import io.mtl4j.nn.sharing.SharedModels.Trial;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradients through experts and gates against finite differences, and who owns what. */
class ExpertGradientsTest {

    private static final double STEP = 1e-5;
    private static final int MOST_ELEMENTS = 60;
    private static final double[] WEIGHTS = {0.7, 1.6};

    static Stream<Arguments> models() {
        return AllSharings.with(List.of(SharedModels.mlp(), SharedModels.tagger(), SharedModels.sequence()));
    }

    static Stream<Arguments> everyEncoder() {
        return AllSharings.withSome(SharedModels.all());
    }

    /** The tasks' losses, and last what is penalised. */
    private static double[] terms(Network network, MultiTaskBatch batch) {
        BatchPass pass = network.forward(batch, new Seed(1));
        double[] terms = Arrays.copyOf(pass.losses(), pass.losses().length + 1);
        terms[terms.length - 1] = pass.penalty();
        return terms;
    }

    /** Derivatives of all losses by one parameter element, and last that of what is penalised. */
    private static double[] derivatives(Network network, MultiTaskBatch batch, long at) {
        INDArray flat = network.store().flat();
        double old = flat.getDouble(at);
        flat.putScalar(at, old + STEP);
        double[] up = terms(network, batch);
        flat.putScalar(at, old - STEP);
        double[] down = terms(network, batch);
        flat.putScalar(at, old);
        double[] derivatives = new double[up.length];
        for (int k = 0; k < up.length; k++) {
            derivatives[k] = (up[k] - down[k]) / (2 * STEP);
        }
        return derivatives;
    }

    private static Network network(Trial trial, Sharing sharing) {
        return SharedModels.model(trial, sharing, DataType.DOUBLE).network();
    }

    private static long stride(Network network) {
        return Math.max(1, network.store().flat().length() / MOST_ELEMENTS);
    }

    private static void close(double expected, double actual, String where) {
        assertEquals(expected, actual, 1e-6 * Math.max(1, Math.abs(expected)), where);
    }

    @ParameterizedTest
    @MethodSource("models")
    void theWeightedGradientMatches(Trial trial, Sharing sharing) {
        Network network = network(trial, sharing);
        MultiTaskBatch batch = SharedModels.batch(trial, DataType.DOUBLE, "a", "b");
        Gradients gradients = network.newGradients();
        gradients.flat().assign(Double.NaN);
        network.forward(batch, new Seed(1)).weightedGradient(WEIGHTS, gradients);
        for (long i = 0; i < gradients.flat().length(); i += stride(network)) {
            double[] each = derivatives(network, batch, i);
            close(
                    WEIGHTS[0] * each[0] + WEIGHTS[1] * each[1] + each[2],
                    gradients.flat().getDouble(i),
                    "at " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void rowsOfTheJacobianAreTheTasksOwnDerivatives(Trial trial, Sharing sharing) {
        Network network = network(trial, sharing);
        MultiTaskBatch batch = SharedModels.batch(trial, DataType.DOUBLE, "a", "b");
        Gradients gradients = network.newGradients();
        gradients.flat().assign(Double.NaN);
        gradients.jacobian().assign(Double.NaN);
        network.forward(batch, new Seed(1)).jacobian(gradients);
        long shared = network.store().layout().sharedLength();
        for (Parameter p : network.store().layout().parameters()) {
            for (long i = 0; i < p.length(); i += Math.max(1, p.length() / 3)) {
                long at = network.store().layout().offset(p) + i;
                double[] each = derivatives(network, batch, at);
                for (int k = 0; k < WEIGHTS.length; k++) {
                    if (p.owner() == Parameter.SHARED) {
                        assertTrue(at < shared);
                        close(each[k], gradients.jacobian().getDouble(k, at), p.name() + " for task " + k);
                    } else if (p.owner() == k) {
                        close(each[k], gradients.flat().getDouble(at), p.name());
                    } else {
                        assertEquals(0, each[k], p.name() + " reaches task " + k + ", which does not own it");
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void whatIsSharedReachesEveryTask(Trial trial, Sharing sharing) {
        Network network = network(trial, sharing);
        Gradients gradients = network.newGradients();
        network.forward(SharedModels.batch(trial, DataType.DOUBLE, "a", "b"), new Seed(1))
                .jacobian(gradients);
        ParameterLayout layout = network.store().layout();
        for (int k = 0; k < 2; k++) {
            INDArray[] views = layout.views(gradients.jacobian().getRow(k).dup(), gradients.flat(), null);
            for (Parameter p : layout.parameters()) {
                if (p.owner() == Parameter.SHARED) {
                    assertTrue(views[p.index()].norm2Number().doubleValue() > 0, p.name() + " for task " + k);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aBatchOfOneTaskLeavesWhatTheOtherOwns(Trial trial, Sharing sharing) {
        Network network = network(trial, sharing);
        MultiTaskBatch batch = SharedModels.batch(trial, DataType.DOUBLE, "b");
        Gradients gradients = network.newGradients();
        gradients.flat().assign(Double.NaN);
        network.forward(batch, new Seed(1)).weightedGradient(WEIGHTS, gradients);
        for (Parameter p : network.store().layout().parameters()) {
            for (long i = 0; i < p.length(); i += Math.max(1, p.length() / 2)) {
                long at = network.store().layout().offset(p) + i;
                double[] each = derivatives(network, batch, at);
                double expected = p.owner() == 0 ? 0 : WEIGHTS[1] * each[1] + each[2];
                close(expected, gradients.flat().getDouble(at), p.name());
            }
        }
    }

    /** Where oneDNN computes in single precision, ND4J does in double: two implementations against each other. */
    @ParameterizedTest
    @MethodSource("everyEncoder")
    void singlePrecisionAgreesWithDouble(Trial trial, Sharing sharing) {
        INDArray[] flats = new INDArray[2];
        Network exact = network(trial, sharing);
        Network fast = SharedModels.model(trial, sharing, DataType.FLOAT).network();
        exact.store().flat().assign(fast.store().flat().castTo(DataType.DOUBLE));
        for (Network network : List.of(exact, fast)) {
            Gradients gradients = network.newGradients();
            network.forward(SharedModels.batch(trial, network.type(), "a", "b"), null)
                    .weightedGradient(WEIGHTS, gradients);
            flats[network == exact ? 0 : 1] = gradients.flat().castTo(DataType.DOUBLE);
        }
        double largest = flats[0].amaxNumber().doubleValue();
        assertTrue(largest > 0);
        assertEquals(0, flats[0].sub(flats[1]).amaxNumber().doubleValue(), 1e-4 * largest);
    }

    @ParameterizedTest
    @MethodSource("everyEncoder")
    void aStepDownTheGradientLowersTheLoss(Trial trial, Sharing sharing) {
        Network network = SharedModels.model(trial, sharing, DataType.FLOAT).network();
        MultiTaskBatch batch = SharedModels.batch(trial, DataType.FLOAT, "a", "b");
        Gradients gradients = network.newGradients();
        var pass = network.forward(batch, new Seed(1));
        pass.weightedGradient(WEIGHTS, gradients);
        double norm = gradients.flat().norm2Number().doubleValue();
        network.store().flat().subi(gradients.flat().mul(0.02 / norm));
        double[] after = terms(network, batch);
        double change = after[2] - pass.penalty();
        for (int k = 0; k < WEIGHTS.length; k++) {
            change += WEIGHTS[k] * (after[k] - pass.losses()[k]);
        }
        assertEquals(-0.02 * norm, change, 0.3 * 0.02 * norm);
    }
}
