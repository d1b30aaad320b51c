package io.mtl4j.nn.persist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever room is left, a model is saved as a whole or the old one stays. */
class FullDiskTest {

    private final FullDisk disk = new FullDisk(1 << 17);
    private final Path models = disk.path("/models");
    private final Path file = models.resolve("model.mtl");

    @AfterEach
    void remove() throws IOException {
        disk.close();
    }

    private static MultiTaskModel model(long seed) {
        return MultiTaskModel.builder()
                .input(Shape.vector(8))
                .encoder(Encoders.mlp().dense(40).batchNorm().dense(30))
                .task(Tasks.classification("kind", 3))
                .task(Tasks.regression("size", 1))
                .seed(seed)
                .build();
    }

    private static void assertSame(MultiTaskModel expected, Path file) {
        assertEquals(
                expected.network().store().flat(),
                ModelFiles.load(file).network().store().flat());
    }

    @Test
    void aModelComesBackFromAFileSystemThatIsNotTheMachinesOwn() {
        ModelFiles.save(model(1), file);
        assertSame(model(1), file);
    }

    /** The disk is full in every part of the file in turn: the head, the numbers, the end of the zip. */
    @Test
    void theOldModelStaysWhereverTheDiskIsFull() throws IOException {
        ModelFiles.save(model(1), file);
        byte[] old = Files.readAllBytes(file);
        int failures = 0;
        for (int room = 0; room < old.length; room += 512) {
            disk.fill(room);
            ModelFileException failure =
                    assertThrows(ModelFileException.class, () -> ModelFiles.save(model(2), file), "room for " + room);
            assertTrue(
                    failure.getMessage().startsWith("model file /models/model.mtl: cannot be written")
                            && failure.getMessage().endsWith("the space left"),
                    failure.getMessage());
            assertEquals(List.of("model.mtl"), FullDisk.names(models));
            assertArrayEquals(old, Files.readAllBytes(file));
            failures++;
        }
        assertTrue(failures > 5, failures + " times");
        disk.fill(0);
        assertSame(model(1), file);
        disk.free();
        ModelFiles.save(model(2), file);
        assertSame(model(2), file);
    }

    @Test
    void aFirstModelThatDoesNotFitLeavesNothingUnderItsName() throws IOException {
        Files.createDirectory(models);
        disk.fill(1024);
        assertThrows(ModelFileException.class, () -> ModelFiles.save(model(1), file));
        assertEquals(List.of(), FullDisk.names(models));
    }

    @Test
    void aModelHasNoFolderUnderAFile(@TempDir Path folder) throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        for (Path within : List.of(taken.resolve("model.mtl"), taken.resolve("deep/model.mtl"))) {
            ModelFileException failure =
                    assertThrows(ModelFileException.class, () -> ModelFiles.save(model(1), within));
            assertTrue(failure.getMessage().contains("cannot be written"), failure.getMessage());
        }
        assertEquals(List.of("taken"), FullDisk.names(folder));
    }

    /** Of Linux, where nobody may write into this folder, root included. */
    @Test
    void aFolderThatIsForReadingOnlyIsNamedWithTheCure() {
        Path readOnly = Path.of("/proc/sys/kernel");
        assumeTrue(Files.isDirectory(readOnly));
        ModelFileException failure =
                assertThrows(ModelFileException.class, () -> ModelFiles.save(model(1), readOnly.resolve("model.mtl")));
        assertTrue(
                failure.getMessage().contains("/proc/sys/kernel/model.mtl")
                        && failure.getMessage().contains("check the folder, its permissions"),
                failure.getMessage());
    }

    @Test
    void whatWaitsUnderTheNameIsNotRemoved() throws IOException {
        Path within = Files.createDirectories(file).resolve("something");
        Files.createFile(within);
        assertThrows(ModelFileException.class, () -> ModelFiles.save(model(1), file));
        assertTrue(Files.exists(within));
        assertEquals(List.of("model.mtl"), FullDisk.names(models));
    }
}
