package io.mtl4j.nn.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistFolderTest {

    @TempDir
    Path folder;

    @Test
    void readsBothPartsWithClassNames() {
        TestFiles.mnist(folder, 30, 20);
        ImageDataSet data = MnistFolder.read(folder);
        assertEquals(30, data.train().size());
        assertArrayEquals(new int[] {2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, data.test().counts());
        assertEquals(
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
                data.train().classNames());
        assertEquals("MNIST: 30 training and 20 test pictures from " + folder, data.toString());
    }

    @Test
    void countsThatDisagreeAreFound() {
        TestFiles.mnist(folder, 30, 20);
        Path labels = TestFiles.write(folder, "t10k-labels-idx1-ubyte", TestFiles.idx(10, 19));
        DataFileException fault = assertThrows(DataFileException.class, () -> MnistFolder.read(folder));
        assertTrue(fault.getMessage().startsWith(labels + ": 19 labels for 20 pictures in "), fault.getMessage());
    }

    @Test
    void aMissingFileAndOneThatIsThereTwiceAreNamed() throws IOException {
        TestFiles.mnist(folder, 3, 2);
        TestFiles.write(folder, "train-images-idx3-ubyte", TestFiles.idx(251, 3, 28, 28));
        assertTrue(assertThrows(DataFileException.class, () -> MnistFolder.read(folder))
                .getMessage()
                .startsWith(folder + ": 2 files "));
        Files.delete(folder.resolve("train-images-idx3-ubyte"));
        Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
        assertEquals(
                folder + ": no file like train-images-idx3-ubyte.gz; put one there, packed by gzip or not",
                assertThrows(DataFileException.class, () -> MnistFolder.read(folder))
                        .getMessage());
    }
}
