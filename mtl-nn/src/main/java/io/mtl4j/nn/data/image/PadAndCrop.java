package io.mtl4j.nn.data.image;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.Shape;
import java.util.random.RandomGenerator;

/**
 * Adds a border of zeros (the mean colour of standardised pictures) and cuts a picture of the old size out of it at a random
 * place: a shift by up to {@code padding} pixels in each direction, all shifts equally likely.
 *
 * @param padding pixels added on each side, at least 1
 */
public record PadAndCrop(int padding) implements Augmentation {

    /** Checks the padding. */
    public PadAndCrop {
        Require.atLeast("pad and crop: padding", padding, 1);
    }

    @Override
    public float[] apply(float[] picture, Shape.Image shape, RandomGenerator random) {
        int down = random.nextInt(2 * padding + 1) - padding;
        int right = random.nextInt(2 * padding + 1) - padding;
        int height = shape.height();
        int width = shape.width();
        float[] shifted = new float[picture.length];
        int from = Math.max(0, right);
        int count = width - Math.abs(right);
        for (int c = 0; c < shape.channels() && count > 0; c++) {
            for (int y = Math.max(0, -down); y < Math.min(height, height - down); y++) {
                int row = (c * height + y) * width;
                System.arraycopy(picture, row + down * width + from, shifted, row + Math.max(0, -right), count);
            }
        }
        return shifted;
    }
}
