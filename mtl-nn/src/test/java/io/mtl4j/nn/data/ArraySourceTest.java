package io.mtl4j.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ArraySourceTest {

    private static final float[][] PEOPLE = {{1, 2}, {3, 4}, {5, 6}, {7, 8}};

    private static RandomGenerator random() {
        return new SplittableRandom(1);
    }

    private static String messageOf(Runnable bad) {
        return assertThrows(IllegalArgumentException.class, bad::run).getMessage();
    }

    @Test
    void batchesHaveRowsInTheOrderOfTheIndicesAlsoRepeated() {
        ArraySource source = ArraySource.builder("person")
                .features(PEOPLE)
                .labels("income", Labels.classes(0, 1, Labels.MISSING, 1))
                .labels("age", Labels.values(39, Float.NaN, 28, 50))
                .build();
        SourceBatch batch = source.batch(new int[] {2, 0, 2}, random());
        assertEquals(Nd4j.createFromArray(new float[][] {{5, 6}, {1, 2}, {5, 6}}), batch.features());
        assertArrayEquals(
                new float[] {Float.NaN, 0, Float.NaN},
                batch.labels().get("income").toFloatVector());
        assertArrayEquals(new long[] {3, 1}, batch.labels().get("age").shape());
        assertEquals(39, batch.labels().get("age").getFloat(1, 0));
        assertEquals(Set.of("income", "age"), source.tasks());
        assertNull(batch.steps());
        assertTrue(batch.labelMasks().isEmpty());
    }

    @Test
    void keepsArraysOfAnyShapeAndOrderWithMasksAndSteps() {
        INDArray features = Nd4j.linspace(1, 24, 24).reshape('f', 4, 3, 2);
        INDArray steps = Nd4j.createFromArray(new float[][] {{1, 1, 1}, {1, 1, 0}, {1, 0, 0}, {1, 1, 1}});
        INDArray labels = Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {1, 1}, {0, 0}});
        INDArray mask = Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {1, 1}, {0, 0}});
        ArraySource source = ArraySource.builder("series")
                .features(features)
                .steps(steps)
                .labels("topics", Labels.of(labels, mask))
                .labels("rare", Labels.of(labels, Nd4j.createFromArray(1f, 0f, 1f, 0f)))
                .build();
        SourceBatch batch = source.batch(new int[] {1, 3}, random());
        assertArrayEquals(new long[] {2, 3, 2}, batch.features().shape());
        assertEquals(features.getFloat(3, 2, 1), batch.features().getFloat(1, 2, 1));
        assertEquals(0, batch.steps().getFloat(0, 2));
        assertEquals(
                Nd4j.createFromArray(new float[][] {{0, 1}, {0, 0}}),
                batch.labelMasks().get("topics"));
        assertArrayEquals(new float[] {0, 0}, batch.labelMasks().get("rare").toFloatVector());
    }

    @Test
    void keepsACopyOfWhatItWasGiven() {
        float[][] rows = {{1}, {2}};
        ArraySource source = ArraySource.builder("x").features(rows).build();
        rows[0][0] = 9;
        SourceBatch batch = source.batch(new int[] {0, 1}, random());
        batch.features().addi(100);
        assertArrayEquals(
                new float[] {1, 2},
                source.batch(new int[] {0, 1}, random()).features().reshape(2).toFloatVector());
    }

    @Test
    void subsetsShowTheChosenExamplesWithTheirLabels() {
        ArraySource source = ArraySource.builder("person")
                .features(PEOPLE)
                .labels("income", Labels.classes(0, 1, 2, 3))
                .build()
                .subset(new int[] {3, 1, 0})
                .limit(2);
        assertEquals(2, source.size());
        SourceBatch batch = source.batch(new int[] {1, 0}, random());
        assertEquals(Nd4j.createFromArray(new float[][] {{3, 4}, {7, 8}}), batch.features());
        assertArrayEquals(new float[] {1, 3}, batch.labels().get("income").toFloatVector());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void featuresThatAreNotFiniteAreNamedByExampleAndColumn(float bad) {
        assertEquals(
                "input \"x\": example 1, column 2 is " + bad
                        + "; features must be finite numbers, so replace missing ones, by their mean for instance",
                messageOf(() -> ArraySource.builder("x").features(new float[][] {{1, 2, 3}, {4, 5, bad}})));
    }

    @Test
    void sizesThatDisagreeAreRefused() {
        assertEquals(
                "task \"age\": 3 labels for 4 examples; give one label row for each example",
                messageOf(() -> ArraySource.builder("x")
                        .features(PEOPLE)
                        .labels("age", Labels.values(1, 2, 3))
                        .build()));
        assertEquals(
                "input \"x\": row 1 has 1 columns and row 0 has 2; give all rows the same columns",
                messageOf(() -> ArraySource.builder("x").features(new float[][] {{1, 2}, {3}})));
        INDArray labels = Nd4j.ones(4, 2);
        messageOf(() -> Labels.of(labels, Nd4j.ones(3)));
        messageOf(() -> Labels.of(labels, Nd4j.ones(4, 3)));
        messageOf(() -> Labels.of(labels, Nd4j.ones(4).mul(0.5)));
        messageOf(() -> Labels.of(Nd4j.scalar(3)));
        INDArray series = Nd4j.ones(4, 3, 2);
        messageOf(() ->
                ArraySource.builder("x").features(series).steps(Nd4j.ones(4, 2)).build());
        messageOf(() -> ArraySource.builder("x")
                .features(series)
                .steps(Nd4j.ones(4, 3).mul(2))
                .build());
    }

    @Test
    void badLabelsAndIndicesAreRefused() {
        assertEquals(
                "labels: example 1 has class -2; a class is a number from 0 to 16777216, or -1 where there is no label",
                messageOf(() -> Labels.classes(0, -2)));
        messageOf(() -> Labels.values(1, Float.NEGATIVE_INFINITY));
        ArraySource source = ArraySource.builder("x").features(PEOPLE).build();
        assertThrows(IndexOutOfBoundsException.class, () -> source.batch(new int[] {4}, random()));
        assertThrows(IndexOutOfBoundsException.class, () -> source.batch(new int[] {-1}, random()));
        assertThrows(IllegalArgumentException.class, () -> source.batch(new int[0], random()));
    }

    @Test
    void whatIsSetTwiceOrNotAtAllIsRefused() {
        assertThrows(IllegalStateException.class, () -> ArraySource.builder("x").build());
        assertThrows(
                IllegalStateException.class,
                () -> ArraySource.builder("x").features(PEOPLE).features(PEOPLE));
        assertThrows(
                IllegalStateException.class,
                () -> ArraySource.builder("x").labels("a", Labels.classes(1)).labels("a", Labels.classes(1)));
    }
}
