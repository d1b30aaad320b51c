package io.mtl4j.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what a run did as JSON: settings, and for each model its size, its epochs and its test metrics. */
final class RunRecord {

    private RunRecord() {}

    static void write(Path file, Map<String, Object> settings, Map<String, MnistCifar10.Run> runs) throws IOException {
        Map<String, Object> models = new LinkedHashMap<>();
        runs.forEach((name, run) -> models.put(name, describe(run)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("settings", settings);
        all.put("java", System.getProperty("java.version"));
        all.put("processors", Runtime.getRuntime().availableProcessors());
        all.put("models", models);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
    }

    private static Map<String, Object> describe(MnistCifar10.Run run) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("parameters", run.model().parameterCount());
        described.put("seconds", run.result().finished().nanos() / 1e9);
        described.put("bestEpoch", run.result().finished().bestEpoch() + 1);
        described.put("epochs", run.result().epochs());
        described.put("test", run.test().asMap());
        return described;
    }
}
