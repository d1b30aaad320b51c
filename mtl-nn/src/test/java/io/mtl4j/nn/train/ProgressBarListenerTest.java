package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.model.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class ProgressBarListenerTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final MultiTaskData data = Fixtures.data(40, 40, DataType.FLOAT);

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void showsLossesWeightsSpeedAndTheTimeLeft() {
        ProgressBarListener listener = new ProgressBarListener(out, 160);
        listener.on(Runs.started(3));
        listener.on(Runs.step(0, 0));
        listener.close();
        // 299 steps of 32 ms remain, 64 samples each; the third task has no label and no weight yet
        String text = shown();
        assertTrue(text.contains("epoch 1/3"), text);
        assertTrue(text.contains("1/100"), text);
        assertTrue(text.contains("0:00:10 left, 2000/s, digit 1.000 x0.50, object 2.000 x1.20, age -"), text);
    }

    @Test
    void lossesAreRunningMeansAndTasksWithoutLabelsKeepTheirs() {
        ProgressBarListener listener = new ProgressBarListener(out, 160);
        listener.on(Runs.started(1));
        listener.on(done(0, 0));
        listener.on(done(1, 1));
        listener.on(done(2, Double.NaN));
        listener.close();
        assertTrue(shown().contains("digit 0.020"), shown());
    }

    private static TrainingEvent.StepDone done(int step, double loss) {
        double[] weights = {1, 1, 1};
        return new TrainingEvent.StepDone(0, step, new double[] {loss, 1, 1}, weights, 0.1, 1, 64, 1_000_000);
    }

    @Test
    void everyEpochAndTheEndGetALine() {
        TrainingListener listener = Listeners.progressBar(out, 120);
        Runs.events(3).forEach(listener::on);
        List<String> lines = shown().lines().toList();
        for (int epoch = 0; epoch < 3; epoch++) {
            String line = TrainingSummary.line(Runs.epoch(epoch));
            assertEquals(1, lines.stream().filter(line::equals).count(), () -> line + " in\n" + shown());
        }
        assertEquals("3 epochs in 9.0 s, parameters of epoch 3 (all epochs done)", lines.get(lines.size() - 1));
        assertTrue(lines.stream().filter(l -> l.startsWith("epoch 1/3")).allMatch(l -> l.length() <= 120));
    }

    @Test
    void stopsDrawingWhenATrainingFails() {
        IllegalStateException failure = new IllegalStateException("no more");
        Trainer trainer = Trainer.builder(Fixtures.model(DataType.FLOAT, Fixtures.dense(4)))
                .listener(Listeners.progressBar(out))
                .listener(event -> {
                    if (event instanceof TrainingEvent.StepDone) {
                        throw failure;
                    }
                })
                .build();
        assertSame(failure, assertThrows(IllegalStateException.class, () -> trainer.fit(data)));
        assertTrue(shown().contains("epoch 1/10"), shown());
        assertFalse(
                Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(t -> t.isAlive() && t.getName().equals("ProgressBar") && !t.isDaemon()),
                "a thread still draws");
    }

    /** Notes that it was closed. */
    private static final class Closing implements TrainingListener, AutoCloseable {
        private final Exception failure;
        private int closed;

        Closing(Exception failure) {
            this.failure = failure;
        }

        @Override
        public void on(TrainingEvent event) {
            assertEquals(0, closed, "an event after the end");
        }

        @Override
        public void close() throws Exception {
            closed++;
            if (failure != null) {
                throw failure;
            }
        }
    }

    @Test
    void listenersAreClosedOnceAfterTheLastEventEvenIfOneCannotBe() {
        Closing bad = new Closing(new Exception("stuck"));
        Closing worse = new Closing(new IllegalArgumentException("lost"));
        Closing good = new Closing(null);
        Trainer trainer = Trainer.builder(Fixtures.model(DataType.FLOAT, Fixtures.dense(4)))
                .epochs(1)
                .listener(bad)
                .listener(worse)
                .listener(good)
                .build();
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> trainer.fit(data));
        assertEquals("a training listener could not be closed: stuck", failure.getMessage());
        assertEquals("lost", failure.getSuppressed()[0].getMessage());
        assertEquals(List.of(1, 1, 1), List.of(bad.closed, worse.closed, good.closed));
    }

    @Test
    void refusesALineTooShortToShowAnything() {
        assertEquals(
                "progress bar: width = 10; it must be at least 40",
                assertThrows(IllegalArgumentException.class, () -> Listeners.progressBar(out, 10))
                        .getMessage());
    }
}
