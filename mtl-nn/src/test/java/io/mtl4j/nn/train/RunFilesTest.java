package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.nn.persist.FullDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {

    @TempDir
    private Path folder;

    @Test
    void aFullDiskLeavesTheOldFile() throws IOException {
        try (FullDisk disk = new FullDisk(1 << 16)) {
            Path file = disk.path("/runs/run.json");
            RunFiles.writeJson(Runs.result(2), file);
            String old = Files.readString(file);
            disk.fill(0);
            UncheckedIOException failure =
                    assertThrows(UncheckedIOException.class, () -> RunFiles.writeJson(Runs.result(30), file));
            assertTrue(failure.getMessage().startsWith("run file /runs/run.json: cannot be written"));
            assertEquals(old, Files.readString(file));
            assertEquals(List.of("run.json"), FullDisk.names(disk.path("/runs")));
        }
    }

    @Test
    void theFileHasWhatTheResultHas() throws IOException {
        Path file = folder.resolve("new/run.json");
        TrainingResult result = Runs.result(3);
        RunFiles.writeJson(result, file);
        JsonNode run = new ObjectMapper().readTree(file.toFile());
        assertEquals("object", run.at("/started/tasks/1").asText());
        assertEquals(6400, run.at("/started/examplesPerEpoch").asInt());
        assertEquals(3, run.get("epochs").size());
        for (int e = 0; e < 3; e++) {
            JsonNode epoch = run.get("epochs").get(e);
            assertEquals(e, epoch.get("epoch").asInt());
            assertEquals(e == 2, epoch.get("best").asBoolean());
            assertEquals(3.5, epoch.get("seconds").asDouble());
            assertEquals(
                    result.epochs().get(e).trainLosses().get("digit"),
                    epoch.at("/trainLosses/digit").asDouble());
            assertEquals(
                    result.epochs().get(e).validation().get("object").get("accuracy"),
                    epoch.at("/validation/object/accuracy").asDouble());
        }
        assertEquals("all epochs done", run.at("/finished/reason").asText());
        assertEquals(2, run.at("/finished/bestEpoch").asInt());
        assertEquals(9.0, run.at("/finished/seconds").asDouble());
    }

    @Test
    void numbersThatJsonDoesNotHaveAreNull() throws IOException {
        JsonNode run = new ObjectMapper().readTree(RunFiles.toJson(Runs.result(2)));
        assertTrue(run.at("/epochs/0/validation/age/rmse").isNull());
        assertEquals(9.0, run.at("/epochs/1/validation/age/rmse").asDouble());
    }

    @Test
    void namesTheFileThatCannotBeWritten() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        assertTrue(assertThrows(
                        UncheckedIOException.class, () -> RunFiles.writeJson(Runs.result(1), taken.resolve("run.json")))
                .getMessage()
                .startsWith("run file " + taken));
    }
}
