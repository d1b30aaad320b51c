package io.mtl4j.nn.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AugmentationProperties {

    private static float[] picture(Shape.Image shape) {
        float[] picture = new float[shape.channels() * shape.height() * shape.width()];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = i + 1;
        }
        return picture;
    }

    @Property(tries = 200)
    void theSameGeneratorGivesTheSamePictureOfTheSameSize(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll @IntRange(min = 1, max = 9) int height,
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll @IntRange(min = 1, max = 12) int amount) {
        Shape.Image shape = Shape.image(channels, height, width);
        for (Augmentation augmentation : List.of(
                Augmentations.none(),
                Augmentations.padAndCrop(amount),
                Augmentations.horizontalFlip(),
                Augmentations.cutout(amount),
                Augmentations.padAndCrop(amount)
                        .then(Augmentations.horizontalFlip())
                        .then(Augmentations.cutout(amount)))) {
            float[] first = augmentation.apply(picture(shape), shape, new SplittableRandom(seed));
            assertEquals(channels * height * width, first.length);
            assertArrayEquals(first, augmentation.apply(picture(shape), shape, new SplittableRandom(seed)));
        }
    }

    @Property(tries = 100)
    void croppingMovesEveryPixelByOneShift(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int height,
            @ForAll @IntRange(min = 1, max = 6) int width,
            @ForAll @IntRange(min = 1, max = 8) int padding) {
        Shape.Image shape = Shape.image(2, height, width);
        float[] picture = picture(shape);
        float[] shifted = new PadAndCrop(padding).apply(picture.clone(), shape, new SplittableRandom(seed));
        SplittableRandom same = new SplittableRandom(seed);
        int down = same.nextInt(2 * padding + 1) - padding;
        int right = same.nextInt(2 * padding + 1) - padding;
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    boolean inside = y + down >= 0 && y + down < height && x + right >= 0 && x + right < width;
                    float expected = inside ? picture[(c * height + y + down) * width + x + right] : 0;
                    assertEquals(expected, shifted[(c * height + y) * width + x]);
                }
            }
        }
    }

    @Property(tries = 100)
    void flippingTwiceChangesNothing(
            @ForAll @IntRange(min = 1, max = 6) int height, @ForAll @IntRange(min = 1, max = 6) int width) {
        Shape.Image shape = Shape.image(2, height, width);
        HorizontalFlip flip = new HorizontalFlip(1);
        float[] once =
                flip.apply(picture(shape), shape, new SplittableRandom(1)).clone();
        assertEquals(width, once[0]);
        assertArrayEquals(picture(shape), flip.apply(once, shape, new SplittableRandom(1)));
        assertArrayEquals(picture(shape), new HorizontalFlip(0).apply(picture(shape), shape, new SplittableRandom(1)));
    }

    @Property(tries = 100)
    void cutoutBlanksOneSquareInAllChannelsAndNothingElse(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int size) {
        Shape.Image shape = Shape.image(3, 8, 8);
        float[] cut = new Cutout(size).apply(picture(shape), shape, new SplittableRandom(seed));
        int blank = 0;
        for (int i = 0; i < 64; i++) {
            assertEquals(cut[i] == 0, cut[64 + i] == 0);
            assertEquals(cut[i] == 0, cut[128 + i] == 0);
            assertTrue(cut[i] == 0 || cut[i] == i + 1);
            blank += cut[i] == 0 ? 1 : 0;
        }
        assertTrue(blank >= 1 && blank <= size * size, "blank " + blank);
    }

    @Example
    void allShiftsAndBothSidesOccur() {
        Shape.Image shape = Shape.image(1, 5, 5);
        SplittableRandom random = new SplittableRandom(3);
        Set<Float> centres = new HashSet<>();
        int flipped = 0;
        for (int i = 0; i < 400; i++) {
            centres.add(new PadAndCrop(2).apply(picture(shape), shape, random)[12]);
            flipped += Augmentations.horizontalFlip().apply(picture(shape), shape, random)[0] == 5 ? 1 : 0;
        }
        assertEquals(25, centres.size());
        assertTrue(flipped > 150 && flipped < 250, "flipped " + flipped);
    }

    @Example
    void badValuesAreRefused() {
        assertEquals(
                "pad and crop: padding = 0; it must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> Augmentations.padAndCrop(0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Augmentations.horizontalFlip(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Augmentations.cutout(0));
    }
}
