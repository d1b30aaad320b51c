package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class DigitGanTest {

    @TempDir
    private Path folder;

    @Test
    void readsAndWritesDigits() throws IOException {
        Cli run = Cli.run(
                Commands.of(new DigitGan()),
                "--embedded",
                "--limit=320",
                "--epochs=2",
                "--batch=32",
                "--width=4",
                "--out=" + folder);
        assertEquals(0, run.status(), run.errors());
        BufferedImage grid = ImageIO.read(folder.resolve("digits-2.png").toFile());
        assertEquals(596, grid.getWidth());
        assertEquals(596, grid.getHeight());
        MultiTaskModel model = ModelFiles.load(folder.resolve("model.mtl"));
        INDArray digits = model.generate("real", 3, 1);
        assertArrayEquals(new long[] {3, 1, 28, 28}, digits.shape());
        assertTrue(digits.amaxNumber().doubleValue() <= 1);
    }
}
