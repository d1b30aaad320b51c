package io.mtl4j.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.ActivityPenalty;
import io.mtl4j.nn.layer.BatchNorm;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Frozen;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slopes;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.Trainer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Frozen layers, and penalties on what layers compute, in a whole model. */
class FrozenTest {

    private static final int EXAMPLES = 12;

    private final INDArray x = GradientCheck.array(GradientCheck.random(3), 1, EXAMPLES, 4);
    private final INDArray y = GradientCheck.array(GradientCheck.random(4), 1, EXAMPLES, 2);

    private static Dense dense(int units) {
        return new Dense(units, Activation.TANH, Initializer.GLOROT_UNIFORM);
    }

    private static MultiTaskModel model(LayerSpec... layers) {
        var encoder = Encoders.mlp();
        for (LayerSpec layer : layers) {
            encoder = encoder.then(layer);
        }
        return MultiTaskModel.builder()
                .input(Shape.vector(4))
                .encoder(encoder)
                .task(Tasks.regression("a", 2))
                .task(Tasks.regression("b", 2))
                .dataType(DataType.DOUBLE)
                .seed(5)
                .build();
    }

    private MultiTaskBatch batch() {
        return new MultiTaskBatch(Map.of(
                MultiTaskModel.DEFAULT_INPUT, new SourceBatch(x, null, Map.of("a", y, "b", y.mul(-2)), Map.of())));
    }

    private MultiTaskData data() {
        return MultiTaskData.of(ArraySource.builder(MultiTaskModel.DEFAULT_INPUT)
                .features(x)
                .labels("a", Labels.of(y))
                .labels("b", Labels.of(y.mul(-2)))
                .build());
    }

    @Test
    void frozenLayersKeepTheirValuesAndStatisticsAndOthersLearn() {
        Chain block = Chain.of(dense(5), BatchNorm.of(Activation.TANH));
        for (LayerSpec[] layers :
                new LayerSpec[][] {{new Frozen(block), dense(3)}, {dense(6), new Frozen(block), dense(3)}}) {
            MultiTaskModel model = model(layers);
            ParameterStore store = model.network().store();
            INDArray before = store.flat().dup();
            INDArray buffers = store.flatBuffers(0).dup();
            Trainer.builder(model)
                    .aggregation(Aggregations.upGrad())
                    .optimizer(new AdamW(1e-2, 0.1))
                    .epochs(2)
                    .batchSize(6)
                    .build()
                    .fit(data());
            assertEquals(buffers, store.flatBuffers(0));
            for (Parameter p : store.layout().parameters()) {
                INDArray old = store.layout().views(before)[p.index()];
                INDArray now = store.values()[p.index()];
                if (p.trained()) {
                    assertNotEquals(old, now, p.name());
                } else {
                    assertEquals(old, now, p.name());
                }
            }
        }
    }

    @Test
    void gradientsOfWhatIsTrainedAreTheSameWithAndWithoutFrozenLayers() {
        MultiTaskModel free = model(dense(6), dense(5), dense(3));
        MultiTaskModel frozen = model(dense(6), new Frozen(dense(5)), dense(3));
        Gradients all = free.network().newGradients();
        Gradients some = frozen.network().newGradients();
        assertEquals(frozen.parameterCount() - (6 * 5 + 5), some.flat().length());
        for (Parameter p : free.network().store().layout().parameters()) {
            frozen.network()
                    .store()
                    .values()[p.index()]
                    .assign(free.network().store().values()[p.index()]);
        }
        free.network().forward(batch(), new Seed(1)).jacobian(all);
        frozen.network().forward(batch(), new Seed(1)).jacobian(some);
        assertEquals(6 * 5 + 5, all.jacobian().columns() - some.jacobian().columns());
        free.network().forward(batch(), new Seed(1)).weightedGradient(new double[] {1, 2}, all);
        frozen.network().forward(batch(), new Seed(1)).weightedGradient(new double[] {1, 2}, some);
        for (Parameter p : frozen.network().store().layout().parameters()) {
            if (p.trained()) {
                assertEquals(all.ofParameter(p), some.ofParameter(p), p.name());
            }
        }
    }

    @Test
    void aTrunkWithNothingToTrainRefusesAggregatorsOnly() {
        MultiTaskModel model = model(new Frozen(dense(5)));
        assertEquals(0, model.network().store().layout().sharedLength());
        Trainer.builder(model).epochs(1).build().fit(data());
        Trainer conflicting = Trainer.builder(model)
                .aggregation(Aggregations.mgda())
                .epochs(1)
                .build();
        String message = assertThrows(IllegalStateException.class, () -> conflicting.fit(data()))
                .getMessage();
        assertTrue(message.contains("share no parameters that are trained"), message);
    }

    @Test
    void penaltiesJoinOnceHoweverTheTasksGradientsAreCombined() {
        Network network =
                model(dense(5), new ActivityPenalty(0.1, 0.4), dense(3)).network();
        Gradients together = network.newGradients();
        network.forward(batch(), new Seed(1)).weightedGradient(new double[] {0.5, 2}, together);
        Gradients apart = network.newGradients();
        BatchPass pass = network.forward(batch(), new Seed(1));
        pass.jacobian(apart);
        INDArray combined = Nd4j.createFromArray(new double[][] {{0.5, 2}}).mmul(apart.jacobian());
        apart.scaleOwn(new double[] {0.5, 2});
        apart.shared().assign(combined.reshape(combined.length()));
        pass.addPenaltyGradient(apart);
        assertTrue(together.flat().equalsWithEps(apart.flat(), 1e-12));
        INDArray flat = network.store().flat();
        for (long i = 0; i < flat.length(); i += 3) {
            double slope = Slopes.of(() -> objective(network), flat, i);
            assertEquals(slope, together.flat().getDouble(i), 1e-6, "at " + i);
        }
    }

    private double objective(Network network) {
        BatchPass pass = network.forward(batch(), new Seed(1));
        return 0.5 * pass.loss(0) + 2 * pass.loss(1) + pass.penalty();
    }
}
