package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SelectedSource;
import io.mtl4j.nn.evaluate.SharingReport;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Some examples, up to 256 of each input at equal distances, on which a model's choices are looked at after each epoch. */
final class SharingSample {

    private static final int EXAMPLES = 256;

    private final MultiTaskData examples;

    SharingSample(MultiTaskData data) {
        this.examples = new MultiTaskData(
                data.sources().stream().map(SharingSample::some).toList());
    }

    private static DataSource some(DataSource source) {
        int count = Math.min(EXAMPLES, source.size());
        return new SelectedSource(
                source,
                IntStream.range(0, count)
                        .map(i -> (int) ((long) i * source.size() / count))
                        .toArray());
    }

    /** {@return what the model takes from its sources; empty if it has nothing to choose} */
    Optional<TrainingEvent.SharingSeen> look(MultiTaskModel model, int epoch) {
        return SharingReport.find(model, examples).map(report -> new TrainingEvent.SharingSeen(epoch, weights(report)));
    }

    private static Map<String, Map<String, Double>> weights(SharingReport report) {
        Map<String, Map<String, Double>> weights = new LinkedHashMap<>();
        report.choices().forEach(choice -> {
            Map<String, Double> taken = new LinkedHashMap<>();
            choice.sources().forEach(source -> taken.put(source, report.weight(choice.reader(), source)));
            weights.put(choice.reader(), taken);
        });
        return weights;
    }
}
