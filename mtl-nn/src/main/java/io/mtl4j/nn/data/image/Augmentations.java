package io.mtl4j.nn.data.image;

/** The usual augmentations: {@code Augmentations.padAndCrop(4).then(Augmentations.horizontalFlip())}. */
public final class Augmentations {

    private Augmentations() {}

    /** {@return no change at all} */
    public static Augmentation none() {
        return (picture, shape, random) -> picture;
    }

    /**
     * {@return a shift: see {@link PadAndCrop}}
     *
     * @param padding pixels added on each side, at least 1; 4 is usual for 32 by 32
     */
    public static Augmentation padAndCrop(int padding) {
        return new PadAndCrop(padding);
    }

    /** {@return a mirror image in half of the cases: see {@link HorizontalFlip}} */
    public static Augmentation horizontalFlip() {
        return new HorizontalFlip(0.5);
    }

    /**
     * {@return a mirror image in some cases: see {@link HorizontalFlip}}
     *
     * @param probability from 0 to 1
     */
    public static Augmentation horizontalFlip(double probability) {
        return new HorizontalFlip(probability);
    }

    /**
     * {@return a blank square: see {@link Cutout}}
     *
     * @param size side of the square in pixels, at least 1
     */
    public static Augmentation cutout(int size) {
        return new Cutout(size);
    }
}
