package io.mtl4j.nn.data.image;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.Shape;
import java.util.random.RandomGenerator;

/**
 * Swaps left and right with some probability. Not for digits or letters, whose mirror images mean something else.
 *
 * @param probability from 0 to 1
 */
public record HorizontalFlip(double probability) implements Augmentation {

    /** Checks the probability. */
    public HorizontalFlip {
        Require.within("horizontal flip: probability", probability, 0, 1);
    }

    @Override
    public float[] apply(float[] picture, Shape.Image shape, RandomGenerator random) {
        if (random.nextDouble() >= probability) {
            return picture;
        }
        int width = shape.width();
        for (int row = 0; row < picture.length; row += width) {
            for (int left = row, right = row + width - 1; left < right; left++, right--) {
                float swapped = picture[left];
                picture[left] = picture[right];
                picture[right] = swapped;
            }
        }
        return picture;
    }
}
