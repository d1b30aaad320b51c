package io.mtl4j.nn.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DSelectKTest {

    private static Network network(Sharing sharing) {
        return SharedModels.model(SharedModels.mlp(), sharing, DataType.DOUBLE).network();
    }

    private static INDArray value(Network network, String name) {
        for (Parameter p : network.store().layout().parameters()) {
            if (p.name().equals(name)) {
                return network.store().values()[p.index()];
            }
        }
        throw new AssertionError("no " + name);
    }

    private static double[] weightsOfA(Network network) {
        var batch = SharedModels.batch(SharedModels.mlp(), DataType.DOUBLE, "a");
        return network.choices(0, batch.sources().get(MultiTaskModel.DEFAULT_INPUT))
                .get(0)
                .weights()
                .toDoubleMatrix()[0];
    }

    @Test
    void decidedSelectorsTakeExactlyTheExpertsThatTheirCodesSpell() {
        Network network = network(Sharings.dselectK(4, 2));
        value(network, "encoder.task:a.gate.z").assign(Nd4j.create(new double[][] {{0.6, -0.5}, {0.7, 9}}));
        value(network, "encoder.task:a.gate.alpha").assign(Nd4j.create(new double[] {0, Math.log(3)}));
        double[] weights = weightsOfA(network);
        assertEquals(0, weights[0]);
        assertEquals(0.25, weights[1], 1e-12);
        assertEquals(0, weights[2]);
        assertEquals(0.75, weights[3], 1e-12);
    }

    /** With γ = 2, S(0.5) = -2/8 0.125 + 3/4 0.5 + 0.5. */
    @Test
    void gammaIsTheWidthOfTheSmoothStep() {
        for (double gamma : new double[] {0.5, 1, 2}) {
            Network network = network(Sharings.dselectK(2, 1).gamma(gamma));
            value(network, "encoder.task:a.gate.z").assign(0.5);
            assertEquals(gamma == 2 ? 0.84375 : 1, weightsOfA(network)[1], 1e-12, "gamma " + gamma);
        }
    }

    @Test
    void selectorsOfFewerExpertsThanCodesAreDrivenToThem() {
        Network network = network(Sharings.dselectK(3, 1).entropy(0));
        INDArray z = value(network, "encoder.task:a.gate.z");
        double[] before = weightsOfA(network);
        assertTrue(Arrays.stream(before).sum() < 0.8, Arrays.toString(before));
        Gradients gradients = network.newGradients();
        INDArray[] views = network.store().layout().views(gradients.flat(), gradients.flat(), null);
        var batch = SharedModels.batch(SharedModels.mlp(), DataType.DOUBLE, "a", "b");
        for (int step = 0; step < 200; step++) {
            gradients.flat().assign(0);
            network.forward(batch, new Seed(1)).addPenaltyGradient(gradients);
            for (Parameter p : network.store().layout().parameters()) {
                network.store().values()[p.index()].subi(views[p.index()].mul(0.02));
            }
        }
        assertEquals(1, Arrays.stream(weightsOfA(network)).sum(), 1e-3, z.toString());
    }

    /** The entropy's gradient reaches both gates, once, and with both kinds of step. */
    @Test
    void entropyIsTrainedHoweverGradientsAreCombined() {
        Network network = network(Sharings.dselectK(4, 2).entropy(0.7));
        var batch = SharedModels.batch(SharedModels.mlp(), DataType.DOUBLE, "a", "b");
        Gradients sum = network.newGradients();
        network.forward(batch, new Seed(1)).weightedGradient(new double[] {1, 1}, sum);
        Gradients rows = network.newGradients();
        var pass = network.forward(batch, new Seed(1));
        pass.jacobian(rows);
        long shared = network.store().layout().sharedLength();
        INDArray head = rows.flat().get(org.nd4j.linalg.indexing.NDArrayIndex.interval(0, shared));
        head.assign(rows.jacobian().sum(0).reshape(head.shape()));
        INDArray without = rows.flat().dup();
        pass.addPenaltyGradient(rows);
        assertTrue(sum.flat().equalsWithEps(rows.flat(), 1e-10));
        assertFalse(sum.flat().equalsWithEps(without, 1e-4));
    }

    @Test
    void valuesAreChecked() {
        assertEquals("dselectK: experts = 1; it must be at least 2", refusal(() -> Sharings.dselectK(1, 1)));
        assertEquals("dselectK: selected = 0; it must be at least 1", refusal(() -> Sharings.dselectK(4, 0)));
        assertEquals(
                "dselectK: selected = 5 of 4 experts; it must be at most their number",
                refusal(() -> Sharings.dselectK(4, 5)));
        assertTrue(refusal(() -> Sharings.dselectK(4, 2).gamma(0)).startsWith("dselectK: gamma = 0"));
        assertTrue(refusal(() -> Sharings.dselectK(4, 2).entropy(-1)).startsWith("dselectK: entropy = -1"));
    }

    private static String refusal(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
