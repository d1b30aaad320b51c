package io.mtl4j.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingListener;
import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class ModelCloseTest {

    private static final MultiTaskData DATA = MultiTaskData.of(ArraySource.builder("input")
            .features(new float[][] {{1, 2}, {3, 4}})
            .labels("side", Labels.classes(0, 1))
            .build());

    private static MultiTaskModel model(int width) {
        return MultiTaskModel.builder()
                .input(Shape.vector(2))
                .encoder(Encoders.mlp().dense(width).dense(width))
                .task(Tasks.classification("side", 2))
                .build();
    }

    @Test
    void aClosedModelSaysSoWhateverOneAsksOfIt() {
        MultiTaskModel model = model(8);
        Snapshot kept = Snapshot.of(model);
        model.close();
        model.close();
        for (Runnable use : List.<Runnable>of(
                () -> model.predict(1, 2),
                model::copy,
                () -> Snapshot.of(model),
                () -> kept.restore(model),
                () -> Evaluator.evaluate(model, DATA),
                () -> Trainer.builder(model).epochs(1).build().fit(DATA))) {
            String message = assertThrows(IllegalStateException.class, use::run).getMessage();
            assertEquals("this model was closed; load or build it again", message);
        }
    }

    @Test
    void closingGivesTheMemoryBackAtOnce() {
        MultiTaskModel model = model(6_000);
        long bytes = 4 * model.parameterCount();
        long before = Pointer.physicalBytes();
        model.close();
        long freed = before - Pointer.physicalBytes();
        assertTrue(freed > 0.9 * bytes, freed + " bytes freed of a model of " + bytes);
    }

    @Test
    void aCopyOutlivesTheModel() {
        MultiTaskModel model = model(8);
        MultiTaskModel copy = model.copy();
        String before = model.predict(1, 2).task("side").label();
        model.close();
        assertEquals(before, copy.predict(1, 2).task("side").label());
    }

    @Test
    void itWaitsForPredictionsInProgress() throws Exception {
        MultiTaskModel model = model(64);
        int threads = 4;
        CountDownLatch running = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<IllegalStateException>> ends = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            ends.add(pool.submit(() -> untilClosed(model, running)));
        }
        assertTrue(running.await(20, TimeUnit.SECONDS));
        model.close();
        for (Future<IllegalStateException> end : ends) {
            assertTrue(end.get(20, TimeUnit.SECONDS).getMessage().startsWith("this model was closed"));
        }
        pool.shutdown();
    }

    private static IllegalStateException untilClosed(MultiTaskModel model, CountDownLatch running) {
        for (int n = 0; ; n++) {
            try {
                model.predict(1, 2);
            } catch (IllegalStateException e) {
                return e;
            }
            if (n == 3) {
                running.countDown();
            }
        }
    }

    @Test
    void closingFromWithinATrainingIsRefused() {
        MultiTaskModel model = model(8);
        TrainingListener closes = event -> model.close();
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> Trainer.builder(model).epochs(1).listener(closes).build().fit(DATA));
        assertTrue(refused.getMessage().contains("close it when the call has returned"), refused.getMessage());
        model.predict(1, 2);
    }
}
