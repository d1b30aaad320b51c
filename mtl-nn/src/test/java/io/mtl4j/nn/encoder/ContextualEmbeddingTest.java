package io.mtl4j.nn.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.CharacterWords;
import io.mtl4j.nn.layer.CharacterWords.Filter;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.LayerRun;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ContextualEmbeddingTest {

    private static final Shape INPUT = Shape.sequence(4);
    private static final BidirectionalLanguageModel MODEL =
            new BidirectionalLanguageModel(new CharacterWords(5, 2, List.of(new Filter(2, 3)), 4, 2, 1, 3), 2, 0.3);
    private static final ContextualEmbedding DRAWN = new ContextualEmbedding(MODEL, false, LearnedStart.drawn());
    private static final INDArray X = Nd4j.createFromArray(new double[][][] {
        {{1, 2, 1, 0}, {2, 1, 3, 4}, {3, 4, 4, 0}},
        {{2, 1, 3, 4}, {3, 1, 0, 0}, {0, 0, 0, 0}}
    });
    private static final INDArray MASK = Nd4j.createFromArray(new double[][] {{1, 1, 1}, {1, 1, 0}});

    @Test
    void gradientsOfTheLanguageModelAndOfTheMixMatchFiniteDifferences() {
        GradientCheck.checkParameters(MODEL, INPUT, X, MASK);
        GradientCheck.checkParameters(DRAWN, INPUT, X, MASK);
    }

    @Test
    void isTheMeanOfTheLanguageModelsLayersAtFirst() {
        LayerRun layers = new LayerRun(MODEL, INPUT, DataType.DOUBLE);
        LayerRun mixed = new LayerRun(DRAWN, INPUT, DataType.DOUBLE);
        for (Parameter p : layers.binder().parameters()) {
            mixed.value("language." + p.name()).assign(layers.value(p.name()));
        }
        mixed.value("mix.w").assign(0);
        mixed.value("mix.gamma").assign(1);
        INDArray expected = layers.forward(X, MASK).reshape(2, 3, 3, 6).mean(2);
        assertTrue(expected.equalsWithEps(mixed.forward(X, MASK), 1e-12));
        assertEquals(Shape.sequence(6), mixed.layer().outputShape());
        assertEquals(12, MODEL.nextFrom());
        assertEquals(15, MODEL.previousFrom());
        assertEquals(2, MODEL.stages(INPUT).size());
    }

    @Test
    void startsWithWhatWasLearnedAndWritesNoneOfIt() {
        Binder model = Binder.create();
        MODEL.bind(INPUT, model);
        Map<String, INDArray> learned = new HashMap<>();
        for (Parameter p : model.parameters()) {
            learned.put(p.name(), GradientCheck.array(GradientCheck.random(p.index()), 1, p.shape()));
        }
        LearnedStart start = LearnedStart.of(learned);
        Binder binder = Binder.create();
        new ContextualEmbedding(MODEL, false, start).bind(INPUT, binder.child("stem"));
        int found = 0;
        for (Parameter p : binder.parameters()) {
            if (p.name().startsWith("stem.language.")) {
                INDArray value = Nd4j.create(DataType.DOUBLE, p.shape());
                p.initialize(value, new Seed(1));
                assertEquals(learned.get(p.name().substring("stem.language.".length())), value, p.name());
                found++;
            } else {
                assertTrue(p.start().isEmpty(), p.name());
            }
        }
        assertEquals(learned.size(), found);
        assertTrue(start.isLearned());
        assertEquals("learned", start.toString());
        assertEquals("drawn", start.json());
        assertEquals(LearnedStart.drawn(), LearnedStart.fromJson("drawn"));
        assertNotEquals(start, LearnedStart.drawn());
        assertThrows(IllegalArgumentException.class, () -> LearnedStart.fromJson("learned"));
        learned.remove("1.forward.0.1.W");
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new ContextualEmbedding(MODEL, false, LearnedStart.of(learned))
                                .bind(INPUT, Binder.create()))
                .getMessage();
        assertTrue(message.contains("no values to start \"1.forward.0.1.W\" with"), message);
    }

    @Test
    void frozenItTrainsTheMixAloneAndComputesNoOtherGradient() {
        LayerRun run = new LayerRun(DRAWN.freeze(), INPUT, DataType.DOUBLE);
        for (Parameter p : run.binder().parameters()) {
            assertEquals(p.name().startsWith("mix."), p.trained(), p.name());
        }
        INDArray y = run.forward(X, MASK);
        assertNull(run.backward(y));
        assertFalse(Double.isNaN(run.gradient("mix.w").sumNumber().doubleValue()));
        assertTrue(Double.isNaN(run.gradient("language.1.forward.0.1.W").getDouble(0)));
    }

    @Test
    void dropsNothingOut() {
        assertEquals(0, DRAWN.model().dropout());
        assertThrows(IllegalArgumentException.class, () -> new BidirectionalLanguageModel(MODEL.words(), 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new BidirectionalLanguageModel(MODEL.words(), 1, 1));
    }
}
