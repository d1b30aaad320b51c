package io.mtl4j.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs every case of every golden file. A file is told by who made it and its method, as {@code libmtl DWA}, and not by
 * its name, so that further files need no change here.
 */
public final class GoldenFiles {

    private static final ObjectMapper JSON = new ObjectMapper(com.fasterxml.jackson.core.JsonFactory.builder()
            .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build());

    /** Recorded answers that exact arithmetic shows to be wrong by more than their tolerance, by case, with right ones. */
    private static final JsonNode ERRATA = read(resource("/golden-errata.json"));

    private GoldenFiles() {}

    /** {@return the tests of all files for which there is a subject} */
    public static Stream<DynamicNode> tests(Map<String, GoldenSubject> subjects) {
        return files().filter(path -> subjects.containsKey(key(read(path)))).map(path -> {
            JsonNode file = read(path);
            return DynamicContainer.dynamicContainer(
                    path.getFileName().toString(), cases(file, subjects.get(key(file))));
        });
    }

    /** {@return what tells the methods of all files there are} */
    public static List<String> keys() {
        return files().map(path -> key(read(path))).distinct().toList();
    }

    private static Stream<DynamicTest> cases(JsonNode file, GoldenSubject subject) {
        return StreamSupport.stream(file.get("cases").spliterator(), false).map(node -> {
            GoldenCase golden = GoldenCase.read(file, node);
            return DynamicTest.dynamicTest(golden.id(), () -> run(file, golden, subject));
        });
    }

    private static void run(JsonNode file, GoldenCase golden, GoldenSubject subject) {
        Tolerance tolerance = Tolerance.read(file.get("tolerance"));
        Tolerance exact = Tolerance.read(file.get("exactTolerance"));
        GoldenSubject.Method method = null;
        for (int i = 0; i < golden.steps().size(); i++) {
            GoldenStep step = golden.steps().get(i);
            String compare = step.compare();
            double[] got;
            try {
                method = method == null ? subject.open(golden) : method;
                got = method.step(step, tolerance);
            } catch (ArithmeticException | IllegalArgumentException documented) {
                assertEquals("finite", compare, golden.id() + " raised " + documented);
                assertTrue(documented.getMessage().length() > 20, "the message says what is wrong");
                continue;
            }
            assertTrue(Arrays.stream(got).allMatch(Double::isFinite), golden.id() + ": " + Arrays.toString(got));
            switch (compare) {
                case "expected" -> check(golden, i, tolerance, "expected", got);
                case "exactExpected" -> check(golden, i, exact, "exactExpected", got);
                case "finite" -> assertTrue(got.length > 0);
                default -> throw new IllegalArgumentException(golden.id() + ": unknown compare \"" + compare + "\"");
            }
        }
    }

    private static void check(GoldenCase golden, int step, Tolerance tolerance, String name, double[] got) {
        GoldenStep fields = golden.steps().get(step);
        double largest = 0;
        for (String field : List.of("grads", "grads3", "repGrads")) {
            largest = Math.max(
                    largest, fields.has(field) ? deepest(fields.fields().get(field)) : 0);
        }
        JsonNode erratum = ERRATA.path(golden.id());
        boolean wrong = fields.fields().get(name).equals(erratum.path("recorded"));
        double[] answer = wrong ? GoldenStep.vector(erratum.get("values")) : fields.vector(name);
        tolerance.check(golden.id() + " step " + step, answer, got, largest);
    }

    private static double deepest(JsonNode node) {
        if (!node.isArray()) {
            return Math.abs(node.asDouble());
        }
        double largest = 0;
        for (JsonNode entry : node) {
            largest = Math.max(largest, deepest(entry));
        }
        return largest;
    }

    private static String key(JsonNode file) {
        String source = file.get("source").asText();
        String maker = source.contains("LibMTL") ? "libmtl" : source.contains("torchjd") ? "torchjd" : "formula";
        return maker + " " + file.get("method").asText();
    }

    private static Stream<Path> files() {
        try (Stream<Path> found = Files.list(folder())) {
            return found.filter(path -> path.toString().endsWith(".json")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String given = System.getProperty("golden.dir");
        if (given != null) {
            return Path.of(given);
        }
        return resource("/golden");
    }

    private static Path resource(String name) {
        try {
            return Path.of(GoldenFiles.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(Path path) {
        try {
            return JSON.readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
