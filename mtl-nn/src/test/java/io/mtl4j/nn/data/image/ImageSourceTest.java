package io.mtl4j.nn.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.data.Standardizer;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageSourceTest {

    private static final Shape.Image SHAPE = Shape.image(2, 2, 3);

    private static Pictures pictures(int count) {
        byte[] pixels = new byte[count * 12];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        return Pictures.of(SHAPE, pixels);
    }

    private static RandomGenerator random() {
        return new SplittableRandom(1);
    }

    @Test
    void batchesArePixelsFromZeroToOneWithTheLabelsOfTheirExamples() {
        ImageSource source = ImageSource.builder("image")
                .pictures(pictures(21))
                .labels("digit", Labels.classes(IntStream.range(0, 21).toArray()))
                .build();
        SourceBatch batch = source.batch(new int[] {20, 3}, random());
        assertArrayEquals(new long[] {2, 2, 2, 3}, batch.features().shape());
        assertEquals(240 / 255f, batch.features().getFloat(0, 0, 0, 0));
        assertEquals(251 / 255f, batch.features().getFloat(0, 1, 1, 2));
        assertEquals(36 / 255f, batch.features().getFloat(1, 0, 0, 0));
        assertArrayEquals(new float[] {20, 3}, batch.labels().get("digit").toFloatVector());
        assertNull(batch.steps());
        assertEquals(Set.of("digit"), source.tasks());
        assertEquals(21, source.size());
    }

    @Test
    void standardisesEachChannel() {
        Pictures pictures = pictures(20);
        Standardizer standardizer = pictures.standardizer();
        ImageSource source = ImageSource.builder("image")
                .pictures(pictures)
                .standardizer(standardizer)
                .build();
        int[] all = IntStream.range(0, 20).toArray();
        SourceBatch batch = source.batch(all, random());
        Standardizer after = Standardizer.fit(batch.features());
        for (int c = 0; c < 2; c++) {
            assertEquals(0, after.mean().get(c), 1e-6);
            assertEquals(1, after.std().get(c), 1e-6);
        }
        ImageSource plain = ImageSource.builder("image").pictures(pictures).build();
        assertEquals(
                standardizer.apply(plain.batch(all, random()).features()),
                batch.features().dup());
    }

    @Test
    void subsetsShowTheChosenExamples() {
        ImageSource source = ImageSource.builder("image")
                .pictures(pictures(10))
                .labels("digit", Labels.classes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .build();
        ImageSource chosen = source.subset(new int[] {9, 4, 4}).limit(2);
        assertEquals(2, chosen.size());
        assertEquals(
                source.batch(new int[] {4, 9}, random()).features(),
                chosen.batch(new int[] {1, 0}, random()).features());
        assertArrayEquals(
                new float[] {4, 9},
                chosen.batch(new int[] {1, 0}, random()).labels().get("digit").toFloatVector());
        assertThrows(IndexOutOfBoundsException.class, () -> source.subset(new int[] {10}));
        assertThrows(IndexOutOfBoundsException.class, () -> source.batch(new int[] {-1}, random()));
    }

    @Test
    void augmentationDependsOnTheGeneratorOnlyAndLeavesThePicturesAlone() {
        ImageSource source = ImageSource.builder("image")
                .pictures(pictures(20))
                .augmentation(Augmentations.padAndCrop(1)
                        .then(Augmentations.horizontalFlip())
                        .then(Augmentations.cutout(1)))
                .build();
        int[] indices = {3, 1, 7, 3, 3, 3};
        SourceBatch first = source.batch(indices, new SplittableRandom(5));
        assertEquals(
                first.features(), source.batch(indices, new SplittableRandom(5)).features());
        assertFalse(first.features()
                .equals(source.batch(indices, new SplittableRandom(6)).features()));
        assertEquals(
                ImageSource.builder("image")
                        .pictures(pictures(20))
                        .build()
                        .batch(indices, random())
                        .features(),
                source.withAugmentation(Augmentations.none())
                        .batch(indices, random())
                        .features());
    }

    @Test
    void badCombinationsAreRefused() {
        assertEquals(
                "task \"age\": 3 labels for 10 examples; give one label row for each example",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ImageSource.builder("image")
                                        .pictures(pictures(10))
                                        .labels("age", Labels.values(1, 2, 3))
                                        .build())
                        .getMessage());
        assertThrows(
                IllegalStateException.class, () -> ImageSource.builder("image").build());
        assertThrows(
                IllegalArgumentException.class,
                () -> ImageSource.builder("image")
                        .pictures(pictures(10))
                        .standardizer(Standardizer.cifar10())
                        .build());
        assertThrows(
                IllegalStateException.class,
                () -> ImageSource.builder("image")
                        .pictures(pictures(1))
                        .augmentation((picture, shape, random) -> new float[3])
                        .build()
                        .batch(new int[1], random()));
        assertThrows(IllegalArgumentException.class, () -> Pictures.of(SHAPE, new byte[13]));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LabeledPictures(pictures(2), new int[] {0, 2}, List.of("a", "b")));
    }
}
