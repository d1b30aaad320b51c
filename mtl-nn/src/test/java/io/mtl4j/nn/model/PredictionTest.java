package io.mtl4j.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class PredictionTest {

    private final MultiTaskModel model = MultiTaskModel.builder()
            .input(Shape.image(1, 8, 8))
            .encoder(Encoders.cnn()
                    .batchNorm()
                    .conv(4, 3)
                    .maxPool(2)
                    .dropout(0.5)
                    .dense(8))
            .task(Tasks.classification("kind", 3).classNames("cat", "dog", "fish"))
            .task(Tasks.regression("weight", 2))
            .seed(4)
            .build();

    private final INDArray examples =
            GradientCheck.array(GradientCheck.random(2), 1, 12, 1, 8, 8).castTo(DataType.FLOAT);

    @Test
    void oneExampleHasTheSameAnswerAloneAndInABatch() {
        List<Prediction> batch = model.predictBatch(examples);
        assertEquals(12, batch.size());
        for (int i = 0; i < 12; i++) {
            INDArray one = examples.get(NDArrayIndex.point(i));
            Prediction alone = model.predict(one);
            Prediction fromNumbers = model.predict(one.dup().data().asFloat());
            double[] expected = batch.get(i).task("kind").probabilities();
            for (int c = 0; c < 3; c++) {
                assertEquals(expected[c], alone.task("kind").probabilities()[c], 1e-6);
                assertEquals(expected[c], fromNumbers.task("kind").probabilities()[c], 1e-6);
            }
            assertEquals(1, expected[0] + expected[1] + expected[2], 1e-6);
            assertEquals(
                    batch.get(i).task("weight").value(), alone.task("weight").value(), 1e-5);
            assertTrue(List.of("cat", "dog", "fish").contains(alone.task("kind").label()));
        }
    }

    @Test
    void manyThreadsGetTheAnswersThatOneThreadGets() throws Exception {
        INDArray expected = model.outputs("input", examples, null).get("kind");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(() ->
                        expected.equals(model.outputs("input", examples, null).get("kind")));
            }
            for (Future<Boolean> same : threads.invokeAll(calls)) {
                assertTrue(same.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refusesWhatDoesNotFitAndSaysWhat() {
        assertEquals(
                "input \"input\": array of shape [2, 3, 8, 8] where image(1, 8, 8) was declared; the first dimension is"
                        + " the batch, the rest must be [1, 8, 8]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> model.predictBatch(GradientCheck.array(GradientCheck.random(1), 1, 2, 3, 8, 8)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> model.predict(1f, 2f));
        assertThrows(IllegalArgumentException.class, () -> model.predict("sound", examples));
        assertThrows(
                IllegalArgumentException.class,
                () -> model.predict(examples.get(NDArrayIndex.point(0))).task("age"));
        assertThrows(IllegalArgumentException.class, () -> model.predict(examples));
    }

    @Test
    void theSummaryListsAStemOfASingleLayerAndNoneWhereThereIsNone() {
        String summary = MultiTaskModel.builder()
                .input("a", Shape.vector(3), new Dense(4, Activation.TANH, Initializer.GLOROT_UNIFORM))
                .input("b", Shape.vector(4))
                .encoder(Encoders.mlp().dense(2))
                .task(Tasks.regression("x", 1).input("a"))
                .task(Tasks.regression("y", 1).input("b"))
                .build()
                .summary();
        assertTrue(summary.lines().anyMatch(line -> line.matches("stem:a +Dense +vector\\(4\\) +16")), summary);
        assertFalse(summary.contains("stem:b"), summary);
    }

    @Test
    void theSummaryListsEveryLayerAndCountsParameters() {
        String summary = model.summary();
        assertTrue(summary.contains("Conv2d"), summary);
        assertTrue(summary.contains("head:weight"), summary);
        assertTrue(summary.contains(String.format(java.util.Locale.ROOT, "%,d parameters", model.parameterCount())));
    }
}
