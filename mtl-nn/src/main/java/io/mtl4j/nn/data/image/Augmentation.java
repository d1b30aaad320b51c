package io.mtl4j.nn.data.image;

import io.mtl4j.nn.layer.Shape;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A random change of a training picture that leaves its labels true. Implement it for one of your own; {@link
 * Augmentations} has the usual ones. Implementations must be safe to use from several threads.
 */
@FunctionalInterface
public interface Augmentation {

    /**
     * Changes a picture.
     *
     * @param picture {@code [channels][height][width]} in one row; may be changed and returned
     * @param shape the shape of the picture
     * @param random the only source of chance
     * @return a picture of the same shape: the array given, or a new one
     */
    float[] apply(float[] picture, Shape.Image shape, RandomGenerator random);

    /**
     * {@return this augmentation, then another}
     *
     * @param next what to do afterwards
     */
    default Augmentation then(Augmentation next) {
        Objects.requireNonNull(next, "next");
        return (picture, shape, random) -> next.apply(apply(picture, shape, random), shape, random);
    }
}
