package io.mtl4j.examples.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.examples.Cli;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class BenchmarkTest {

    @Test
    void printsALineOfJsonForEachCell() throws JsonProcessingException {
        Cli run = Cli.run(Benchmark.command(), "--cases", "mlp", "lstm", "--windows=2", "--seconds=0.01", "--warmup=0");
        assertEquals(0, run.status(), run.errors());
        List<String> lines = run.out().lines().toList();
        List<String> cells = List.of("mlp sum", "mlp jac", "lstm sum", "lstm jac");
        assertEquals(cells.size(), lines.size(), run.out());
        for (int i = 0; i < cells.size(); i++) {
            JsonNode line = new ObjectMapper().readTree(lines.get(i));
            assertEquals(
                    cells.get(i),
                    line.get("case").asText() + " " + line.get("mode").asText());
            double rate = line.get("samples_per_s").asDouble();
            double millis = line.get("ms_per_step").asDouble();
            int batch = ReferenceModel.valueOf(line.get("case").asText().toUpperCase(Locale.ROOT))
                    .batch();
            assertTrue(rate > 0 && millis > 0, lines.get(i));
            assertEquals(batch, rate * millis / 1e3, 0.1 * batch, lines.get(i));
            assertTrue(line.has("gc_ms") && line.has("threads") && line.has("setup"), lines.get(i));
        }
    }

    @Test
    void refusesWindowsWithoutLength() {
        Cli run = Cli.run(Benchmark.command(), "--seconds=0");
        assertEquals(1, run.status());
        assertTrue(run.errors().contains("--seconds=0.0"), run.errors());
    }
}
