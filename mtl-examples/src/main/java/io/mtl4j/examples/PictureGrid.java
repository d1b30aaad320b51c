package io.mtl4j.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Grey pictures side by side in a PNG file. */
final class PictureGrid {

    private static final int GAP = 2;
    private static final int ZOOM = 2;

    private PictureGrid() {}

    /**
     * Writes pictures, row by row.
     *
     * @param pictures {@code [n, 1, height, width]}, from 0 (black) to 1 (white); what lies outside is cut off
     * @param columns pictures in a row
     * @param file the file
     */
    static void write(INDArray pictures, int columns, Path file) throws IOException {
        int count = (int) pictures.size(0);
        int height = (int) pictures.size(2);
        int width = (int) pictures.size(3);
        int rows = (count + columns - 1) / columns;
        float[] pixels = pictures.dup('c').data().asFloat();
        BufferedImage grid = new BufferedImage(
                ZOOM * (columns * (width + GAP) - GAP),
                ZOOM * (rows * (height + GAP) - GAP),
                BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < pixels.length; i++) {
            int picture = i / (height * width);
            int x = picture % columns * (width + GAP) + i % width;
            int y = picture / columns * (height + GAP) + i / width % height;
            int grey = Math.round(255 * Math.min(1, Math.max(0, pixels[i])));
            for (int z = 0; z < ZOOM * ZOOM; z++) {
                grid.getRaster().setSample(ZOOM * x + z % ZOOM, ZOOM * y + z / ZOOM, 0, grey);
            }
        }
        ImageIO.write(grid, "png", file.toFile());
    }
}
