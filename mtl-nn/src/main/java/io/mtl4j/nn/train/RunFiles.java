package io.mtl4j.nn.train;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mtl4j.event.TrainingEvent;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes what came out of a training as JSON, for tables and plots made elsewhere:
 *
 * <pre>
 * {"started":  {"tasks": ["digit"], "epochs": 2, "stepsPerEpoch": 10, "examplesPerEpoch": 640, "firstEpoch": 0},
 *  "epochs":   [{"epoch": 0, "best": true, "seconds": 1.5, "trainLosses": {"digit": 0.7},
 *                "validation": {"digit": {"accuracy": 0.9, "loss": 0.4}}}],
 *  "finished": {"epochs": 2, "bestEpoch": 0, "reason": "all epochs done", "seconds": 3.0}}
 * </pre>
 *
 * <p>Epochs count from 0. Numbers that JSON does not have (NaN and infinities, as of metrics that are not defined) are
 * {@code null}.
 */
public final class RunFiles {

    private static final JsonFactory JSON = new JsonFactory();

    private RunFiles() {}

    /**
     * Writes a training to a file.
     *
     * @param result what came out
     * @param file where to, replaced if it is there; missing folders are made
     * @throws UncheckedIOException if it cannot be written
     */
    public static void writeJson(TrainingResult result, Path file) {
        OutputFile.write("run file", file, out -> write(result, new OutputStreamWriter(out, StandardCharsets.UTF_8)));
    }

    /**
     * {@return a training as JSON}
     *
     * @param result what came out
     */
    public static String toJson(TrainingResult result) {
        StringWriter out = new StringWriter();
        try {
            write(result, out);
        } catch (IOException e) {
            throw new UncheckedIOException("a training could not be written as JSON", e);
        }
        return out.toString();
    }

    private static void write(TrainingResult result, Writer out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            started(json, result.started());
            json.writeArrayFieldStart("epochs");
            for (TrainingEvent.EpochDone epoch : result.epochs()) {
                epoch(json, epoch);
            }
            json.writeEndArray();
            finished(json, result.finished());
            json.writeEndObject();
        }
    }

    private static void started(JsonGenerator json, TrainingEvent.Started started) throws IOException {
        json.writeObjectFieldStart("started");
        json.writeArrayFieldStart("tasks");
        for (String task : started.tasks()) {
            json.writeString(task);
        }
        json.writeEndArray();
        json.writeNumberField("epochs", started.epochs());
        json.writeNumberField("stepsPerEpoch", started.stepsPerEpoch());
        json.writeNumberField("examplesPerEpoch", started.examplesPerEpoch());
        json.writeNumberField("firstEpoch", started.firstEpoch());
        json.writeEndObject();
    }

    private static void epoch(JsonGenerator json, TrainingEvent.EpochDone epoch) throws IOException {
        json.writeStartObject();
        json.writeNumberField("epoch", epoch.epoch());
        json.writeBooleanField("best", epoch.best());
        json.writeNumberField("seconds", epoch.nanos() / 1e9);
        numbers(json, "trainLosses", epoch.trainLosses());
        json.writeObjectFieldStart("validation");
        for (Map.Entry<String, SortedMap<String, Double>> task :
                epoch.validation().entrySet()) {
            numbers(json, task.getKey(), task.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void numbers(JsonGenerator json, String name, Map<String, Double> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Double> value : values.entrySet()) {
            if (Double.isFinite(value.getValue())) {
                json.writeNumberField(value.getKey(), value.getValue());
            } else {
                json.writeNullField(value.getKey());
            }
        }
        json.writeEndObject();
    }

    private static void finished(JsonGenerator json, TrainingEvent.Finished finished) throws IOException {
        json.writeObjectFieldStart("finished");
        json.writeNumberField("epochs", finished.epochs());
        json.writeNumberField("bestEpoch", finished.bestEpoch());
        json.writeStringField("reason", finished.reason());
        json.writeNumberField("seconds", finished.nanos() / 1e9);
        json.writeEndObject();
    }
}
