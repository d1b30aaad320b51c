package io.mtl4j.nn.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.sharing.SharedModels.Trial;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Gradients through all ways of sharing against finite differences, and who owns what. Each parameter is moved along one
 * random direction, which all of its elements take part in.
 */
class ExpertGradientsTest {

    private static final double STEP = 1e-5;
    private static final double[] WEIGHTS = {0.7, 1.6};

    static Stream<Arguments> models() {
        List<String> names = List.of("mlp", "lstm at every step of tokens", "cnn with pictures out");
        return AllSharings.with(SharedModels.all().stream()
                .filter(trial -> names.contains(trial.name()))
                .toList());
    }

    static Stream<Arguments> everyEncoder() {
        return AllSharings.withSome(SharedModels.all());
    }

    /** Derivatives of all losses along a direction, and behind them that of what activations are penalised with. */
    private static double[] derivatives(Network network, MultiTaskBatch batch, INDArray direction) {
        double[][] ends = new double[2][];
        for (int i = 0; i < 2; i++) {
            double step = i == 0 ? STEP : -STEP;
            network.store().flat().addi(direction.mul(step));
            BatchPass pass = network.forward(batch, new Seed(1));
            ends[i] = Arrays.copyOf(pass.losses(), pass.losses().length + 1);
            ends[i][pass.losses().length] = pass.penalty();
            network.store().flat().subi(direction.mul(step));
        }
        double[] derivatives = new double[ends[0].length];
        for (int k = 0; k < derivatives.length; k++) {
            derivatives[k] = (ends[0][k] - ends[1][k]) / (2 * STEP);
        }
        return derivatives;
    }

    /** A model whose parameters have moved, so that nothing is at a start where gradients vanish. */
    private static Network network(Trial trial, Sharing sharing) {
        Network network = SharedModels.model(trial, sharing, DataType.DOUBLE).network();
        INDArray flat = network.store().flat();
        flat.addi(GradientCheck.array(GradientCheck.random(5), 0.1, flat.shape()));
        return network;
    }

    private static void close(double expected, double actual, String where) {
        assertEquals(expected, actual, 1e-6 * Math.max(1, Math.abs(expected)), where);
    }

    private static double along(INDArray direction, INDArray gradient, long from, Parameter p) {
        INDArrayIndex place = NDArrayIndex.interval(from, from + p.length());
        return direction.get(place).mul(gradient.get(place)).sumNumber().doubleValue();
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientsAndOwnersMatch(Trial trial, Sharing sharing) {
        Network network = network(trial, sharing);
        MultiTaskBatch batch = SharedModels.batch(trial, DataType.DOUBLE, "a", "b");
        Gradients weighted = network.newGradients();
        Gradients each = network.newGradients();
        List.of(weighted.flat(), each.flat()).forEach(array -> array.assign(Double.NaN));
        BatchPass pass = network.forward(batch, new Seed(1));
        pass.weightedGradient(WEIGHTS, weighted);
        if (network.store().layout().sharedLength() > 0) {
            each.jacobian().assign(Double.NaN);
            pass.jacobian(each);
        } else {
            pass.weightedGradient(new double[] {1, 1}, each);
        }
        INDArray random = GradientCheck.array(
                GradientCheck.random(9), 1, network.store().flat().shape());
        for (Parameter p : network.store().layout().parameters()) {
            long at = network.store().layout().offset(p);
            INDArrayIndex place = NDArrayIndex.interval(at, at + p.length());
            INDArray direction = random.like();
            direction.get(place).assign(random.get(place));
            double[] derivatives = derivatives(network, batch, direction);
            for (int k = 0; k < 2; k++) {
                String where = p.name() + " for task " + k;
                if (!p.trained() || (p.owner() != Parameter.SHARED && p.owner() != k)) {
                    assertEquals(0, p.trained() ? derivatives[k] : 0, where + ", which does not own it");
                } else if (p.owner() == k) {
                    close(derivatives[k], along(direction, each.flat(), at, p), where);
                } else {
                    close(derivatives[k], along(direction, each.jacobian().getRow(k), at, p), where);
                    assertTrue(derivatives[k] != 0, where + ": it is shared, but does not reach the task");
                }
            }
            if (p.trained()) {
                double all = WEIGHTS[0] * derivatives[0] + WEIGHTS[1] * derivatives[1] + derivatives[2];
                close(all, along(direction, weighted.flat(), at, p), p.name());
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
        INDArray direction = network.store().flat().like();
        long trained = network.store().layout().trainedLength();
        INDArrayIndex all = NDArrayIndex.interval(0, trained);
        direction.get(all).assign(GradientCheck.array(GradientCheck.random(9), 1, trained));
        double[] derivatives = derivatives(network, batch, direction);
        close(
                WEIGHTS[1] * derivatives[1] + derivatives[2],
                direction.get(all).mul(gradients.flat()).sumNumber().doubleValue(),
                "all");
        for (Parameter p : network.store().layout().parameters()) {
            if (p.trained() && p.owner() == 0) {
                long at = network.store().layout().offset(p);
                INDArray own = gradients.flat().get(NDArrayIndex.interval(at, at + p.length()));
                assertEquals(0, own.amaxNumber().doubleValue(), p.name());
            }
        }
    }

    /**
     * Where oneDNN computes in single precision, ND4J does in double: two implementations against each other. Then a small
     * step down the gradient lowers the loss as much as its length says.
     */
    @ParameterizedTest
    @MethodSource("everyEncoder")
    void singlePrecisionAgreesWithDoubleAndLearns(Trial trial, Sharing sharing) {
        INDArray[] flats = new INDArray[2];
        Network exact = network(trial, sharing);
        Network fast = SharedModels.model(trial, sharing, DataType.FLOAT).network();
        fast.store().flat().assign(exact.store().flat());
        exact.store().flat().assign(fast.store().flat());
        for (Network network : List.of(exact, fast)) {
            Gradients gradients = network.newGradients();
            network.forward(SharedModels.batch(trial, network.type(), "a", "b"), null)
                    .weightedGradient(WEIGHTS, gradients);
            flats[network == exact ? 0 : 1] = gradients.flat().castTo(DataType.DOUBLE);
        }
        double largest = flats[0].amaxNumber().doubleValue();
        assertTrue(largest > 0);
        assertEquals(0, flats[0].sub(flats[1]).amaxNumber().doubleValue(), 1e-4 * largest);
        stepDown(trial, fast);
    }

    private static double loss(BatchPass pass) {
        return WEIGHTS[0] * pass.loss(0) + WEIGHTS[1] * pass.loss(1) + pass.penalty();
    }

    private static void stepDown(Trial trial, Network network) {
        MultiTaskBatch batch = SharedModels.batch(trial, DataType.FLOAT, "a", "b");
        Gradients gradients = network.newGradients();
        BatchPass pass = network.forward(batch, new Seed(1));
        pass.weightedGradient(WEIGHTS, gradients);
        double norm = gradients.flat().norm2Number().doubleValue();
        network.store().trained().subi(gradients.flat().mul(0.02 / norm));
        double change = loss(network.forward(batch, new Seed(1))) - loss(pass);
        assertEquals(-0.02 * norm, change, 0.3 * 0.02 * norm);
    }
}
