package io.mtl4j.nn.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.encoder.Mlp;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.TrainingDivergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class MetaLearnerTest {

    private static final String TASK = "height";

    /** Lines through the origin, whose slope is 1 or -1: nothing to learn on average, all from one example. */
    private static final EpisodeSource LINES = random -> {
        double slope = random.nextBoolean() ? 1 : -1;
        return new Episode(points(slope, 5, random), points(slope, 20, random));
    };

    private static MultiTaskBatch points(double slope, int count, RandomGenerator random) {
        double[] x = random.doubles(count, -1, 1).toArray();
        INDArray features = Nd4j.createFromArray(x).reshape('c', count, 1);
        return new MultiTaskBatch(Map.of(
                MultiTaskModel.DEFAULT_INPUT,
                new SourceBatch(features, null, Map.of(TASK, features.mul(slope)), Map.of())));
    }

    private static MultiTaskModel model() {
        return model(Encoders.mlp().activation(Activation.TANH).dense(16).dense(16));
    }

    private static MultiTaskModel model(Mlp encoder) {
        return MultiTaskModel.builder()
                .input(Shape.vector(1))
                .encoder(encoder)
                .task(Tasks.regression(TASK, 1))
                .seed(4)
                .build();
    }

    private static List<MetaStep> learn(MultiTaskModel model, MetaMethod method, Adaptation adaptation, int steps) {
        return MetaLearner.builder(model, method, adaptation)
                .optimizer(method instanceof Reptile ? new Sgd(0.5) : new org.nd4j.linalg.learning.config.Adam(1e-2))
                .steps(steps)
                .episodes(2)
                .seed(8)
                .build()
                .fit(LINES);
    }

    static List<MetaMethod> methods() {
        return List.of(Maml.exactly(), Maml.firstOrder(), new Reptile());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void afterwardsFewExamplesAreEnough(MetaMethod method) {
        Adaptation adaptation = Adaptation.of(4, 0.1);
        MultiTaskModel model = model();
        double before = MetaEvaluation.of(model, adaptation, LINES, 20, 1).loss(TASK);
        List<MetaStep> steps = learn(model, method, adaptation, 120);
        MetaEvaluation after = MetaEvaluation.of(model, adaptation, LINES, 20, 1);
        assertEquals(120, steps.size());
        assertEquals(119, steps.get(119).step());
        assertTrue(after.loss(TASK) < 0.35 * before, method.name() + ": " + before + " -> " + after.loss(TASK));
        assertTrue(after.confidence(TASK, "rmse") > 0);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theSameSeedGivesTheSame(MetaMethod method) {
        MultiTaskModel one = model();
        MultiTaskModel two = model();
        assertEquals(learn(one, method, Adaptation.of(2, 0.1), 3), learn(two, method, Adaptation.of(2, 0.1), 3));
        assertEquals(one.network().store().flat(), two.network().store().flat());
        assertNotEquals(model().network().store().flat(), one.network().store().flat());
    }

    @Test
    void headsThatAdaptAloneLeaveTheEncoderAndTheModelAsTheyAre() {
        MultiTaskModel model = model();
        INDArray before = model.network().store().flat().dup();
        long shared = model.sharedParameterCount();
        MultiTaskModel adapted = Adaptation.of(3, 0.1)
                .part(AdaptedPart.HEADS)
                .adapt(model, LINES.draw(new Seed(1).generator()).support());
        assertEquals(before, model.network().store().flat());
        INDArray moved = adapted.network().store().flat().sub(before);
        for (long i = 0; i < moved.length(); i++) {
            assertEquals(i >= shared, moved.getDouble(i) != 0, "parameter " + i);
        }
    }

    /** Plain descent with rate 1 on the gradient of one episode leads to where the episode leads. */
    @Test
    void reptileMovesToTheEndOfTheInnerLoop() {
        MultiTaskModel model = model();
        Adaptation adaptation = Adaptation.of(3, 0.1);
        List<Episode> drawn = new ArrayList<>();
        EpisodeSource recorded = random -> {
            drawn.add(LINES.draw(random));
            return drawn.get(0);
        };
        MultiTaskModel expected = model.copy();
        MetaLearner.builder(model, new Reptile(), adaptation)
                .optimizer(new Sgd(1))
                .episodes(1)
                .steps(1)
                .build()
                .fit(recorded);
        Adaptation single = adaptation.steps(1);
        expected = single.adapt(expected, drawn.get(0).support());
        expected = single.adapt(expected, drawn.get(0).query());
        expected = single.adapt(expected, drawn.get(0).support());
        assertTrue(expected.network()
                .store()
                .flat()
                .equalsWithEps(model.network().store().flat(), 1e-6));
    }

    @Test
    void penaltiesOfTheModelCount() {
        MultiTaskModel model = model(Encoders.mlp().l2(0.5).dense(8));
        MultiTaskModel free = model(Encoders.mlp().dense(8));
        for (MultiTaskModel each : List.of(model, free)) {
            MetaLearner.builder(each, Maml.firstOrder(), Adaptation.of(1, 0.1))
                    .optimizer(new Sgd(0.1))
                    .steps(1)
                    .build()
                    .fit(LINES);
        }
        INDArray weights = model.network().store().values()[0];
        INDArray start = model(Encoders.mlp().dense(8)).network().store().values()[0];
        INDArray expected = free.network().store().values()[0].sub(start.mul(0.1 * 0.5));
        assertTrue(expected.equalsWithEps(weights, 1e-6));
    }

    @Test
    void aDivergedAdaptationLeavesTheStart() {
        MultiTaskModel model = model();
        INDArray before = model.network().store().flat().dup();
        TrainingDivergedException thrown = assertThrows(
                TrainingDivergedException.class, () -> learn(model, Maml.firstOrder(), Adaptation.of(9, 1e30), 1));
        assertTrue(thrown.getMessage().contains("rate 1.0E30; lower the rate"), thrown.getMessage());
        assertEquals(before, model.network().store().flat());
    }

    @Test
    void saysWhatDoesNotFit() {
        MultiTaskModel model = model();
        Adaptation heads = Adaptation.of(3, 0.1).part(AdaptedPart.HEADS);
        assertSays("let ALL adapt", () -> learn(model, new Reptile(), heads, 1));
        assertSays("at least 2", () -> learn(model, new Reptile(), Adaptation.of(1, 0.1), 1));
        assertSays("adaptation: rate", () -> Adaptation.of(1, 0));
        assertSays("adaptation: steps", () -> Adaptation.of(0, 1));
        assertSays("meta-learning: steps", () -> learn(model, Maml.exactly(), heads, 0));
        MultiTaskBatch unlabelled =
                new MultiTaskBatch(Map.of(MultiTaskModel.DEFAULT_INPUT, SourceBatch.of(Nd4j.zeros(2, 1), null)));
        assertSays("give labels of at least one", () -> heads.adapt(model, unlabelled));
    }

    private static void assertSays(String what, Runnable work) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, work::run);
        assertTrue(thrown.getMessage().contains(what), thrown.getMessage());
    }
}
