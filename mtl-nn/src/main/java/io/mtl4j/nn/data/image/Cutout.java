package io.mtl4j.nn.data.image;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Blanks a square with zeros (the mean colour of standardised pictures), in all channels; its centre is any pixel, so that
 * parts of the square may lie outside. DeVries and Taylor, "Improved Regularization of Convolutional Neural Networks with
 * Cutout", 2017.
 *
 * @param size side of the square in pixels, at least 1
 */
public record Cutout(int size) implements Augmentation {

    /** Checks the size. */
    public Cutout {
        Require.atLeast("cutout: size", size, 1);
    }

    @Override
    public float[] apply(float[] picture, Shape.Image shape, RandomGenerator random) {
        int top = random.nextInt(shape.height()) - size / 2;
        int left = random.nextInt(shape.width()) - size / 2;
        int fromColumn = Math.max(0, left);
        int toColumn = Math.min(shape.width(), left + size);
        for (int c = 0; c < shape.channels(); c++) {
            for (int y = Math.max(0, top); y < Math.min(shape.height(), top + size); y++) {
                int row = (c * shape.height() + y) * shape.width();
                Arrays.fill(picture, row + fromColumn, row + toColumn, 0);
            }
        }
        return picture;
    }
}
