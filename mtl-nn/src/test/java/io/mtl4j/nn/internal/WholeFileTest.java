package io.mtl4j.nn.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.persist.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    private Path folder;

    @Test
    void aFileIsReplacedAndItsFolderMade() throws IOException {
        Path file = folder.resolve("new/file");
        WholeFile.write(file, out -> out.write(1));
        WholeFile.write(file, out -> out.write(2));
        assertEquals(2, Files.readAllBytes(file)[0]);
        assertEquals(List.of("file"), FullDisk.names(file.getParent()));
    }

    @Test
    void whatFailsHalfwayLeavesTheOldFileAndNothingBesideIt() throws IOException {
        Path file = folder.resolve("file");
        WholeFile.write(file, out -> out.write(1));
        IOException failure = new IOException("halfway");
        assertSame(
                failure,
                assertThrows(
                        IOException.class,
                        () -> WholeFile.write(file, out -> {
                            out.write(new byte[100_000]);
                            throw failure;
                        })));
        assertEquals(1, Files.size(file));
        assertEquals(List.of("file"), FullDisk.names(folder));
    }

    @Test
    void whatOnlyFailsAtTheEndDoesTheSame() throws IOException {
        try (FullDisk disk = new FullDisk(1 << 14)) {
            Path file = disk.path("/folder/file");
            WholeFile.write(file, out -> out.write(1));
            disk.fill(512);
            assertThrows(IOException.class, () -> WholeFile.write(file, out -> out.write(new byte[1000])));
            assertEquals(1, Files.size(file));
            assertEquals(List.of("file"), FullDisk.names(file.getParent()));
        }
    }

    @Test
    void aFileOfTheMachineIsReadWhereItLiesAndAnotherAsACopy() throws IOException {
        Path own = Files.write(folder.resolve("own"), new byte[] {1});
        try (LocalFile local = LocalFile.of(own)) {
            assertEquals(own, local.path());
        }
        assertEquals(1, Files.size(own));
        Path copy;
        try (FullDisk disk = new FullDisk(1 << 14);
                LocalFile local = LocalFile.of(Files.write(disk.path("/other"), new byte[] {2}))) {
            copy = local.path();
            assertEquals(2, Files.readAllBytes(copy.toFile().toPath())[0]);
        }
        assertFalse(Files.exists(copy));
    }
}
