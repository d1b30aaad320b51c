package io.mtl4j.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MixupProperties {

    /** Feature i is the one-hot row of example i, so that it tells who was mixed with what weight. */
    private static SourceBatch batch(int size) {
        float[] classes = new float[size];
        float[][] ages = new float[size][1];
        for (int i = 0; i < size; i++) {
            classes[i] = i % 3;
            ages[i][0] = 10 * i;
        }
        return new SourceBatch(
                Nd4j.eye(size).castTo(DataType.FLOAT).reshape(size, 1, 1, size),
                null,
                Map.of("kind", Nd4j.createFromArray(classes), "age", Nd4j.createFromArray(ages)),
                Map.of());
    }

    private static Mixup mixup(double alpha) {
        return Mixup.of(alpha).classes("kind", 3).values("age");
    }

    @Property(tries = 100)
    void featuresAndLabelsAreMixedAlikeAndProbabilitiesSumToOne(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int size,
            @ForAll @DoubleRange(min = 0.01, max = 5) double alpha) {
        SourceBatch batch = batch(size);
        INDArray featuresBefore = batch.features().dup();
        SourceBatch mixed = mixup(alpha).apply(batch, new SplittableRandom(seed));
        assertEquals(featuresBefore, batch.features());
        assertArrayEquals(new long[] {size, 1, 1, size}, mixed.features().shape());
        float[][] weights = mixed.features().reshape(size, size).toFloatMatrix();
        float[][] kinds = mixed.labels().get("kind").toFloatMatrix();
        for (int i = 0; i < size; i++) {
            float[] expected = new float[3];
            float age = 0;
            for (int j = 0; j < size; j++) {
                expected[j % 3] += weights[i][j];
                age += weights[i][j] * 10 * j;
            }
            assertArrayEquals(expected, kinds[i], 1e-5f);
            assertEquals(1, kinds[i][0] + kinds[i][1] + kinds[i][2], 1e-5f);
            assertEquals(age, mixed.labels().get("age").getFloat(i, 0), 1e-3f);
        }
    }

    @Property(tries = 30)
    void theSameGeneratorGivesTheSameBatch(@ForAll long seed) {
        assertEquals(
                mixup(0.4).apply(batch(5), new SplittableRandom(seed)).features(),
                mixup(0.4).apply(batch(5), new SplittableRandom(seed)).features());
    }

    @Example
    void weightsFollowTheBetaDistribution() {
        SplittableRandom random = new SplittableRandom(4);
        for (double alpha : new double[] {0.01, 0.1, 0.4, 1, 3, 100}) {
            double sum = 0;
            double squares = 0;
            int draws = 20_000;
            for (int i = 0; i < draws; i++) {
                double weight = Beta.sample(alpha, random);
                assertTrue(weight >= 0 && weight <= 1, "weight " + weight);
                sum += weight;
                squares += (weight - 0.5) * (weight - 0.5);
            }
            double variance = 1 / (4 * (2 * alpha + 1));
            assertEquals(0.5, sum / draws, 0.015, "mean, alpha " + alpha);
            assertEquals(variance, squares / draws, 0.03 * variance, "variance, alpha " + alpha);
        }
    }

    @Example
    void aMixtureHasALabelOnlyIfBothHaveOne() {
        SourceBatch batch = new SourceBatch(
                Nd4j.eye(4).castTo(DataType.FLOAT),
                null,
                Map.of(
                        "kind", Nd4j.createFromArray(0f, Float.NaN, 1f, 2f),
                        "age", Nd4j.createFromArray(new float[][] {{1}, {2}, {3}, {4}})),
                Map.of("age", Nd4j.createFromArray(1f, 1f, 0f, 1f)));
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 20; run++) {
            SourceBatch mixed = mixup(1).apply(batch, random);
            float[][] weights = mixed.features().toFloatMatrix();
            for (int i = 0; i < 4; i++) {
                assertEquals(
                        weights[i][1] > 0,
                        Float.isNaN(mixed.labels().get("kind").getFloat(i, 0)));
                assertEquals(
                        weights[i][2] > 0 ? 0 : 1, mixed.labelMasks().get("age").getFloat(i));
            }
        }
    }

    @Example
    void aSourceCanBeWrapped() {
        ArraySource source = ArraySource.builder("x")
                .features(new float[][] {{1}, {2}, {3}})
                .labels("kind", Labels.classes(0, 1, 2))
                .build();
        DataSource mixed = new AugmentedSource(source, Mixup.of(1).classes("kind", 3));
        assertEquals(3, mixed.size());
        assertEquals(source.tasks(), mixed.tasks());
        assertEquals("x", mixed.input());
        SourceBatch batch = mixed.batch(new int[] {0, 1}, new SplittableRandom(1));
        assertArrayEquals(new long[] {2, 3}, batch.labels().get("kind").shape());
    }

    @Example
    void whatCannotBeMixedIsRefused() {
        SplittableRandom random = new SplittableRandom(1);
        assertTrue(assertThrows(
                        IllegalStateException.class,
                        () -> Mixup.of(1).values("age").apply(batch(3), random))
                .getMessage()
                .startsWith("mixup: task \"kind\" is unknown; call classes(\"kind\""));
        assertEquals(
                "task \"kind\": label 2.0 of example 2; it must be a class number from 0 to 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Mixup.of(1)
                                        .classes("kind", 2)
                                        .values("age")
                                        .apply(batch(3), random))
                        .getMessage());
        SourceBatch texts = new SourceBatch(Nd4j.ones(2, 3), Nd4j.ones(2, 3), Map.of(), Map.of());
        assertThrows(IllegalStateException.class, () -> Mixup.of(1).apply(texts, random));
        assertThrows(IllegalArgumentException.class, () -> Mixup.of(0));
        assertThrows(IllegalArgumentException.class, () -> Mixup.of(1).classes("kind", 1));
    }
}
