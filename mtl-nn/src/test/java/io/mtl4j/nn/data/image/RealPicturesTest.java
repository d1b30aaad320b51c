package io.mtl4j.nn.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mtl4j.nn.data.Standardizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The real data sets, where environment variable MTL4J_DATA names the folder that holds them. */
class RealPicturesTest {

    private static Path folder(String name) {
        String data = System.getenv("MTL4J_DATA");
        assumeTrue(data != null, "skipped: environment variable MTL4J_DATA names no folder with data sets");
        Path folder = Path.of(data, name);
        assumeTrue(Files.isDirectory(folder), "skipped: no folder " + folder);
        return folder;
    }

    @Test
    void mnistIsComplete() {
        ImageDataSet data = MnistFolder.read(folder("mnist"));
        assertArrayEquals(
                new int[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
                data.train().counts());
        assertArrayEquals(
                new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009},
                data.test().counts());
        Standardizer standardizer = data.train().pictures().standardizer();
        assertEquals(Standardizer.mnist().mean().get(0), standardizer.mean().get(0), 1e-4);
        assertEquals(Standardizer.mnist().std().get(0), standardizer.std().get(0), 1e-4);
    }

    @Test
    void cifarBatchesHaveTenThousandPicturesEach() {
        ImageDataSet data = CifarFolder.read(folder("cifar10"));
        assertTrue(data.train().size() >= 10_000 && data.train().size() % 10_000 == 0, data.toString());
        assertTrue(IntStream.of(data.train().counts()).allMatch(count -> count > 900), data.toString());
        int[] thousandEach = new int[10];
        Arrays.fill(thousandEach, 1000);
        assertArrayEquals(thousandEach, data.test().counts());
        Standardizer standardizer = data.train().pictures().standardizer();
        for (int c = 0; c < 3; c++) {
            assertEquals(
                    Standardizer.cifar10().mean().get(c), standardizer.mean().get(c), 5e-3);
            assertEquals(Standardizer.cifar10().std().get(c), standardizer.std().get(c), 5e-3);
        }
    }

    @Test
    void smallPartsOfBothAreBalanced() {
        ImageDataSet digits = MnistFolder.read(folder("mnist-mini"));
        assertTrue(IntStream.of(digits.train().counts()).allMatch(count -> count == 300));
        assertTrue(IntStream.of(digits.test().counts()).allMatch(count -> count == 100));
        ImageDataSet photos = CifarFolder.read(folder("cifar10-mini"));
        assertTrue(IntStream.of(photos.train().counts()).allMatch(count -> count == 200));
        assertTrue(IntStream.of(photos.test().counts()).allMatch(count -> count == 100));
    }
}
