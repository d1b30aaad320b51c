package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingEvent.EpochDone;
import io.mtl4j.event.TrainingEvent.StepDone;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.Snapshot;
import io.mtl4j.nn.persist.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** A training as it could have been: two classifications and a regression whose metric is not defined at first. */
final class Runs {

    static final List<String> TASKS = List.of("digit", "object", "age");
    static final int STEPS = 100;

    private Runs() {}

    static TrainingEvent.Started started(int epochs) {
        return new TrainingEvent.Started(TASKS, epochs, STEPS, 64L * STEPS, 0);
    }

    static StepDone step(int epoch, int step) {
        double time = epoch + step / (double) STEPS;
        return new StepDone(
                epoch,
                step,
                new double[] {1 / (1 + time), 2 / (1 + time), Double.NaN},
                new double[] {0.5 + 0.1 * Math.sin(time), 1.2 - 0.02 * time, Double.NaN},
                0.01,
                1,
                64,
                32_000_000);
    }

    static EpochDone epoch(int epoch) {
        return new EpochDone(
                epoch,
                Map.of("digit", 1.0 / (epoch + 1), "object", 2.0 / (epoch + 2), "age", 1.5 / (epoch + 1)),
                Map.of(
                        "digit", new TreeMap<>(Map.of("loss", 1.1 / (epoch + 1), "accuracy", 1 - 0.5 / (epoch + 1))),
                        "object", new TreeMap<>(Map.of("loss", 2.1 / (epoch + 2), "accuracy", 1 - 0.8 / (epoch + 1))),
                        "age",
                                new TreeMap<>(Map.of(
                                        "loss", 1.6 / (epoch + 1), "rmse", epoch == 0 ? Double.NaN : 9.0 / epoch))),
                epoch == 2,
                3_500_000_000L);
    }

    /** All events of a training, in order. */
    static List<TrainingEvent> events(int epochs) {
        List<TrainingEvent> events = new ArrayList<>();
        events.add(started(epochs));
        for (int e = 0; e < epochs; e++) {
            for (int s = 0; s < STEPS; s++) {
                events.add(step(e, s));
            }
            events.add(epoch(e));
        }
        events.add(new TrainingEvent.Finished(epochs, Math.min(2, epochs - 1), "all epochs done", 9_000_000_000L));
        return events;
    }

    static TrainingResult result(int epochs) {
        List<TrainingEvent> events = events(epochs);
        return new TrainingResult(
                started(epochs),
                events.stream()
                        .filter(EpochDone.class::isInstance)
                        .map(EpochDone.class::cast)
                        .toList(),
                (TrainingEvent.Finished) events.get(events.size() - 1),
                new TrainingState(
                        epochs,
                        0,
                        0,
                        Snapshot.of(Fixtures.model(DataType.FLOAT, Fixtures.dense(4))),
                        Nd4j.empty(DataType.FLOAT),
                        List.of()));
    }
}
