package io.mtl4j.nn.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.layer.Shape;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReaderTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsPicturesWhetherPackedOrNotAndWhateverTheName(boolean packed) {
        byte[] bytes = TestFiles.idx(256, 5, 3, 4);
        Pictures pictures =
                IdxReader.pictures(TestFiles.write(folder, "digits.txt", packed ? TestFiles.gzip(bytes) : bytes));
        assertEquals(Shape.image(1, 3, 4), pictures.shape());
        assertEquals(5, pictures.size());
        assertEquals(0, pictures.pixel(0, 0, 0, 0));
        assertEquals(2 * 12 + 1 * 4 + 3, pictures.pixel(2, 0, 1, 3));
    }

    @Test
    void readsColourPicturesAndUnsignedBytes() {
        Pictures pictures = IdxReader.pictures(TestFiles.write(folder, "colours", TestFiles.idx(256, 10, 3, 3, 4)));
        assertEquals(Shape.image(3, 3, 4), pictures.shape());
        assertEquals((9 * 36 + 2 * 12 + 2 * 4 + 3) % 256, pictures.pixel(9, 2, 2, 3));
        assertEquals(255, pictures.pixel(7, 0, 0, 3));
    }

    @Test
    void readsLabelsOfAStream() {
        int[] labels = IdxReader.labels(new ByteArrayInputStream(TestFiles.gzip(TestFiles.idx(3, 7))), "labels", 3);
        assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2, 0}, labels);
    }

    @Test
    void everyTruncationIsFound() {
        byte[] bytes = TestFiles.idx(256, 2, 3, 4);
        for (int length = 0; length < bytes.length; length++) {
            Path file = TestFiles.write(folder, "cut", Arrays.copyOf(bytes, length));
            DataFileException fault = assertThrows(DataFileException.class, () -> IdxReader.pictures(file));
            assertEquals(file.toString(), fault.file());
            assertTrue(fault.offset().isPresent() && fault.offset().getAsLong() <= length, fault.getMessage());
        }
    }

    @Test
    void everyTruncationOfAPackedFileIsFound() {
        byte[] bytes = TestFiles.gzip(TestFiles.idx(256, 2, 3, 4));
        for (int length = 0; length < bytes.length; length++) {
            Path file = TestFiles.write(folder, "cut.gz", Arrays.copyOf(bytes, length));
            DataFileException fault =
                    assertThrows(DataFileException.class, () -> IdxReader.pictures(file), "" + length);
            assertTrue(fault.getMessage().startsWith(file + ", byte "), fault.getMessage());
        }
    }

    @Test
    void everyDamagedByteOfAPackedFileIsFoundOrHarmless() {
        byte[] bytes = TestFiles.idx(256, 2, 3, 4);
        byte[] packed = TestFiles.gzip(bytes);
        for (int at = 10; at < packed.length; at++) {
            byte[] damaged = packed.clone();
            damaged[at] ^= 0x55;
            Path file = TestFiles.write(folder, "damaged.gz", damaged);
            assertThrows(DataFileException.class, () -> IdxReader.pictures(file), "byte " + at);
        }
    }

    @Test
    void aFlippedBitOfTheMagicNumberIsFound() {
        for (int bit = 0; bit < 32; bit++) {
            byte[] bytes = TestFiles.idx(256, 2, 3, 4);
            ByteBuffer.wrap(bytes).putInt(0, 0x0803 ^ 1 << bit);
            Path file = TestFiles.write(folder, "magic", bytes);
            DataFileException fault = assertThrows(DataFileException.class, () -> IdxReader.pictures(file));
            assertTrue(fault.getMessage().contains("byte 0") || bit < 3, fault.getMessage());
        }
    }

    @Test
    void swappedFilesAreNamed() {
        Path labels = TestFiles.write(folder, "labels", TestFiles.idx(10, 20));
        assertEquals(
                labels + ", byte 0: magic number 0x00000801; an IDX file of pictures starts with 0x0000080n, n = 3 or 4"
                        + " dimensions: give such a file (were pictures and labels swapped?)",
                assertThrows(DataFileException.class, () -> IdxReader.pictures(labels))
                        .getMessage());
        Path pictures = TestFiles.write(folder, "pictures", TestFiles.idx(10, 2, 2, 2));
        assertThrows(DataFileException.class, () -> IdxReader.labels(pictures, 10));
    }

    @Test
    void absurdSizesAreRefusedBeforeMemoryIsTaken() {
        for (boolean packed : new boolean[] {false, true}) {
            for (int[] sizes : new int[][] {
                {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE},
                {60_000, 28_000, 28},
                {1, 1, 1 << 30},
                {-1, 2, 2},
                {0, 2, 2}
            }) {
                byte[] bytes = TestFiles.idx(256, 2, 3, 4);
                for (int d = 0; d < 3; d++) {
                    ByteBuffer.wrap(bytes).putInt(4 + 4 * d, sizes[d]);
                }
                Path file = TestFiles.write(folder, "absurd", packed ? TestFiles.gzip(bytes) : bytes);
                assertThrows(DataFileException.class, () -> IdxReader.pictures(file), Arrays.toString(sizes));
            }
        }
    }

    @Test
    void moreBytesThanPromisedAreFound() {
        byte[] bytes = TestFiles.idx(256, 2, 3, 4);
        Path file = TestFiles.write(folder, "long", Arrays.copyOf(bytes, bytes.length + 1));
        DataFileException fault = assertThrows(DataFileException.class, () -> IdxReader.pictures(file));
        assertEquals(bytes.length, fault.offset().orElseThrow());
    }

    @Test
    void labelsOutOfRangeAreFoundWithTheirPlace() {
        Path file = TestFiles.write(folder, "labels", TestFiles.idx(11, 11));
        assertEquals(
                file + ", byte 18: label 10 of example 10; there are 10 classes, so it must be from 0 to 9",
                assertThrows(DataFileException.class, () -> IdxReader.labels(file, 10))
                        .getMessage());
    }

    @Test
    void missingFilesAndFoldersAreNamed() {
        Path missing = folder.resolve("nowhere");
        assertEquals(
                missing + ": no such file; check the path, or download the data set",
                assertThrows(DataFileException.class, () -> IdxReader.pictures(missing))
                        .getMessage());
        assertEquals(
                folder + ": this is a folder; give the path of a file",
                assertThrows(DataFileException.class, () -> IdxReader.pictures(folder))
                        .getMessage());
    }
}
