package io.mtl4j.nn.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.layer.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarReaderTest {

    @TempDir
    Path folder;

    @Test
    void readsFilesOneAfterTheOtherWhetherPackedOrNot() {
        LabeledPictures read = CifarReader.read(List.of(
                TestFiles.write(folder, "a.bin", TestFiles.cifar(3, 2)),
                TestFiles.write(folder, "b.gz", TestFiles.gzip(TestFiles.cifar(2, 8)))));
        assertArrayEquals(new int[] {2, 3, 4, 8, 9}, read.classes());
        assertEquals(Shape.image(3, 32, 32), read.pictures().shape());
        assertEquals(0, read.pictures().pixel(0, 0, 31, 31));
        assertEquals(22, read.pictures().pixel(2, 2, 0, 0));
        assertEquals(11, read.pictures().pixel(4, 1, 5, 7));
        assertEquals("ship", read.classNames().get(read.classOf(3)));
    }

    @Test
    void truncationsAreFound() {
        byte[] bytes = TestFiles.cifar(2, 0);
        for (int length : new int[] {0, 1, 3072, 3074, 6145}) {
            Path file = TestFiles.write(folder, "cut.bin", Arrays.copyOf(bytes, length));
            DataFileException fault = assertThrows(DataFileException.class, () -> CifarReader.read(List.of(file)));
            assertEquals(length / 3073 * 3073L, fault.offset().orElseThrow());
        }
        byte[] packed = TestFiles.gzip(bytes);
        for (int length = 1; length < packed.length; length++) {
            Path file = TestFiles.write(folder, "cut.gz", Arrays.copyOf(packed, length));
            assertThrows(DataFileException.class, () -> CifarReader.read(List.of(file)), "" + length);
        }
    }

    @Test
    void aPackedFileIsUnpackedNoFurtherThanAllPicturesGo() throws IOException {
        Path bomb = folder.resolve("data_batch_1.bin");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 400; i++) {
                out.write(zeros);
            }
        }
        assertTrue(Files.size(bomb) < 1 << 20);
        String message = assertThrows(DataFileException.class, () -> CifarReader.read(List.of(bomb)))
                .getMessage();
        assertTrue(message.contains("goes on after 60,000 pictures"), message);
    }

    @Test
    void labelsOutOfRangeAreFoundWithTheirPlace() {
        byte[] bytes = TestFiles.cifar(2, 0);
        bytes[3073] = (byte) 200;
        Path file = TestFiles.write(folder, "labels.bin", bytes);
        DataFileException fault = assertThrows(DataFileException.class, () -> CifarReader.read(List.of(file)));
        assertEquals(
                file + ", byte 3073: label 200 of picture 1; CIFAR-10 has classes 0 to 9, so the file is damaged or of"
                        + " another data set",
                fault.getMessage());
    }

    @Test
    void aFolderMayHaveSomeBatchesOnlyAndHalvesOfThem() {
        TestFiles.write(folder, "data_batch_2.bin", TestFiles.cifar(2, 5));
        TestFiles.write(folder, "data_batch_1b.bin.gz", TestFiles.gzip(TestFiles.cifar(2, 2)));
        TestFiles.write(folder, "data_batch_1a.bin.gz", TestFiles.gzip(TestFiles.cifar(2, 0)));
        TestFiles.write(folder, "test_batch_a.bin.gz", TestFiles.gzip(TestFiles.cifar(1, 0)));
        TestFiles.write(folder, "test_batch_b.bin", TestFiles.cifar(1, 7));
        TestFiles.write(folder, "readme.html", new byte[3]);
        ImageDataSet data = CifarFolder.read(folder);
        assertArrayEquals(new int[] {0, 1, 2, 3, 5, 6}, data.train().classes());
        assertArrayEquals(new int[] {0, 7}, data.test().classes());
        assertEquals(folder + " (2 of 5 training batches)", data.origin());
    }

    @Test
    void theSamePicturesTwiceAreRefused() {
        TestFiles.write(folder, "test_batch.bin", TestFiles.cifar(2, 0));
        TestFiles.write(folder, "data_batch_1.bin", TestFiles.cifar(2, 0));
        Path half = TestFiles.write(folder, "data_batch_1a.bin.gz", TestFiles.gzip(TestFiles.cifar(2, 0)));
        DataFileException fault = assertThrows(DataFileException.class, () -> CifarFolder.read(folder));
        assertTrue(fault.getMessage().startsWith(half + ": holds the same pictures as "), fault.getMessage());
    }

    @Test
    void emptyAndMissingFoldersAreNamed() {
        DataFileException empty = assertThrows(DataFileException.class, () -> CifarFolder.read(folder));
        assertTrue(empty.getMessage().startsWith(folder + ": no file like data_batch_1.bin"), empty.getMessage());
        Path nowhere = folder.resolve("nowhere");
        DataFileException missing = assertThrows(DataFileException.class, () -> CifarFolder.read(nowhere));
        assertEquals(nowhere + ": no such folder; check the path", missing.getMessage());
    }
}
