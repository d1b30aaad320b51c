package io.mtl4j.nn.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.TrainingDivergedException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What goes wrong in an episode leaves parameters and running statistics as they were. */
class DivergedAdaptationTest {

    private final MultiTaskModel model = MultiTaskModel.builder()
            .input(Shape.vector(2))
            .encoder(Encoders.mlp().batchNorm().dense(5))
            .task(Tasks.regression("height", 1))
            .dataType(DataType.DOUBLE)
            .seed(4)
            .build();

    private static MultiTaskBatch batch(double feature, double label) {
        Random random = new Random(5);
        INDArray features =
                Nd4j.createFromArray(random.doubles(8, -1, 1).toArray()).reshape('c', 4, 2);
        features.putScalar(2, 1, feature);
        INDArray labels = Nd4j.createFromArray(0.5, 1, -1, label).reshape('c', 4, 1);
        return new MultiTaskBatch(Map.of(
                MultiTaskModel.DEFAULT_INPUT, new SourceBatch(features, null, Map.of("height", labels), Map.of())));
    }

    private static final MultiTaskBatch GOOD = batch(0.3, 0.2);

    /** Its loss is beyond all numbers, and is known only when running statistics have moved. */
    private static final MultiTaskBatch BAD = batch(30, 1e200);

    private List<INDArray> state() {
        return List.of(
                model.network().store().flat().dup(),
                model.network().store().flatBuffers(0).dup());
    }

    private InnerLoop begun() {
        InnerLoop loop = new InnerLoop(model, Adaptation.of(1, 0.1));
        loop.begin(new Seed(1));
        return loop;
    }

    @Test
    void secondDerivativesThatDivergeLeaveTheModelAsItWas() {
        InnerLoop loop = begun();
        loop.step(GOOD);
        List<INDArray> before = state();
        INDArray v = loop.gradient(GOOD).dup();
        model.network().store().flatBuffers(0).assign(before.get(1));
        assertThrows(TrainingDivergedException.class, () -> loop.throughStep(BAD, 0, v));
        assertEquals(before, state());
        loop.throughStep(GOOD, 0, v);
        assertEquals(before, state());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void aFeatureThatIsNoNumberIsNamedBeforeItMovesAnything(double bad) {
        InnerLoop loop = begun();
        List<INDArray> before = state();
        String message = assertThrows(TrainingDivergedException.class, () -> loop.step(batch(bad, 0)))
                .getMessage();
        assertTrue(
                message.startsWith(
                        "task \"height\": input \"input\" has a feature that is " + bad + ", in example 2 of"),
                message);
        assertEquals(before, state());
    }

    @Test
    void featuresWhoseSumIsTooLargeMayBeFine() {
        InnerLoop loop = begun();
        INDArray features = Nd4j.createFromArray(new double[][] {{1e308, 1}, {1e308, 1}});
        assertTrue(Double.isInfinite(features.sumNumber().doubleValue()));
        SourceBatch batch =
                new SourceBatch(features, null, Map.of("height", Nd4j.zeros(DataType.DOUBLE, 2, 1)), Map.of());
        TrainingDivergedException thrown = assertThrows(
                TrainingDivergedException.class,
                () -> loop.step(new MultiTaskBatch(Map.of(MultiTaskModel.DEFAULT_INPUT, batch))));
        assertTrue(thrown.getMessage().contains("loss is"), thrown.getMessage());
    }

    @Test
    void aStepOfMetaLearningThatDivergesLeavesRunningStatisticsToo() {
        List<INDArray> before = state();
        MetaLearner learner = MetaLearner.builder(model, Maml.firstOrder(), Adaptation.of(1, 0.1))
                .steps(1)
                .episodes(1)
                .build();
        assertThrows(TrainingDivergedException.class, () -> learner.fit(random -> new Episode(GOOD, BAD)));
        assertEquals(before, state());
        learner.fit(random -> new Episode(GOOD, GOOD));
        assertNotEquals(before.get(1), state().get(1));
    }
}
