package io.mtl4j.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class JoinedSourceTest {

    private static final double NAN = Double.NaN;

    private static double[] numbers(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static SourceBatch batch(INDArray features, Map<String, INDArray> labels, Map<String, INDArray> masks) {
        return new SourceBatch(features, null, labels, masks);
    }

    @Test
    void labelsOfDifferentFormsMeet() {
        SourceBatch numbers = batch(
                Nd4j.zeros(2, 3),
                Map.of("kind", Nd4j.createFromArray(2f, Float.NaN), "size", Nd4j.createFromArray(5f, 6f)),
                Map.of("size", Nd4j.createFromArray(1f, 0f)));
        SourceBatch soft = batch(
                Nd4j.ones(1, 3),
                Map.of(
                        "kind", Nd4j.createFromArray(new float[][] {{0.2f, 0.3f, 0.5f}}),
                        "size", Nd4j.createFromArray(new float[][] {{7}})),
                Map.of());
        SourceBatch joined = SourceBatch.join(List.of(numbers, soft));
        assertEquals(3, joined.size());
        assertArrayEquals(
                new double[] {0, 0, 1, NAN, NAN, NAN, 0.2f, 0.3f, 0.5f},
                numbers(joined.labels().get("kind")));
        assertArrayEquals(new long[] {3, 1}, joined.labels().get("size").shape());
        assertArrayEquals(new double[] {5, NAN, 7}, numbers(joined.labels().get("size")));
        assertEquals(Map.of(), joined.labelMasks());
        assertNull(joined.steps());
        assertArrayEquals(
                new double[] {1, 1, 1, 0, 0, 0}, numbers(joined.select(2, 0).features()));
    }

    /** Whole numbers cannot be NaN, so they become fractions where labels are missing. */
    @Test
    void labelsAndFeaturesOfDifferentTypesLoseNothing() {
        SourceBatch whole = batch(
                Nd4j.createFromArray(new int[][] {{1}, {2}}),
                Map.of("kind", Nd4j.createFromArray(2, 1), "size", Nd4j.createFromArray(7, 8)),
                Map.of("kind", Nd4j.createFromArray(1f, 0f)));
        SourceBatch other = batch(
                Nd4j.createFromArray(new float[][] {{0.5f}}), Map.of("size", Nd4j.createFromArray(0.25)), Map.of());
        SourceBatch joined = SourceBatch.join(List.of(whole, other));
        assertArrayEquals(new double[] {1, 2, 0.5}, numbers(joined.features()));
        assertArrayEquals(new double[] {2, NAN, NAN}, numbers(joined.labels().get("kind")));
        assertArrayEquals(new double[] {7, 8, 0.25}, numbers(joined.labels().get("size")));
    }

    @Test
    void sequencesAndGraphsAreFilledUp() {
        DataSource one = GraphSource.builder("g")
                .nodes(new float[][][] {{{1}, {2}, {3}}})
                .edges(new int[][][] {{{0, 1}, {1, 2}}})
                .labels("ring", Labels.tags(new int[][] {{0, 1, 1}}))
                .build();
        DataSource two = GraphSource.builder("g")
                .nodes(new float[][][] {{{4}, {5}}, {{6}, {7}}})
                .edges(new int[][][] {{{0, 1}}, {}})
                .labels("toxic", Labels.classes(1, 0))
                .build();
        JoinedSource both = JoinedSource.of(one, two);
        assertEquals(3, both.size());
        SourceBatch batch = both.batch(new int[] {1, 0, 2}, null);
        assertArrayEquals(new double[] {4, 5, 0, 1, 2, 3, 6, 7, 0}, numbers(batch.features()));
        assertArrayEquals(new double[] {1, 1, 0, 1, 1, 1, 1, 1, 0}, numbers(batch.steps()));
        assertArrayEquals(
                new double[] {NAN, NAN, NAN, 0, 1, 1, NAN, NAN, NAN},
                numbers(batch.labels().get("ring")));
        assertArrayEquals(new double[] {1, NAN, 0}, numbers(batch.labels().get("toxic")));
        INDArray alone = two.batch(new int[] {0}, null).relations();
        assertEquals(alone.getDouble(0, 0, 1), batch.relations().getDouble(0, 0, 1));
        assertEquals(0, batch.relations().getDouble(0, 1, 2));
        SourceBatch onlyOne = both.batch(new int[] {2, 1}, null);
        assertArrayEquals(new double[] {6, 7, 4, 5}, numbers(onlyOne.features()));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertEquals(
                "joined batches: features without a mask of steps of shape [1, 3] and [1, 4]; join examples of one"
                        + " input",
                message(() -> SourceBatch.join(
                        List.of(SourceBatch.of(Nd4j.zeros(1, 3), null), SourceBatch.of(Nd4j.zeros(1, 4), null)))));
        assertEquals("joined batches: none given; give at least one", message(() -> SourceBatch.join(List.of())));
        assertEquals("joined source: no sources; give at least one", message(() -> new JoinedSource(List.of())));
        DataSource one = ArraySource.builder("a").features(new float[2][1]).build();
        assertThrows(
                IndexOutOfBoundsException.class, () -> JoinedSource.of(one, one).batch(new int[] {4}, null));
        INDArray x = Nd4j.zeros(1, 3);
        SourceBatch beyond = batch(x, Map.of("kind", Nd4j.createFromArray(3f)), Map.of());
        SourceBatch soft = batch(x, Map.of("kind", Nd4j.ones(1, 3).div(3)), Map.of());
        assertEquals(
                "joined batches: class 3 where others have the probabilities of 3 classes; it must be below that",
                message(() -> SourceBatch.join(List.of(soft, beyond))));
        INDArray steps = Nd4j.ones(1, 2);
        assertEquals(
                "joined batches: features of shape [1, 2, 3] and [1, 2, 4]; join examples of one input",
                message(() -> SourceBatch.join(List.of(
                        SourceBatch.of(Nd4j.zeros(1, 2, 3), steps), SourceBatch.of(Nd4j.zeros(1, 2, 4), steps)))));
        SourceBatch related = new SourceBatch(Nd4j.zeros(1, 2, 1), null, Nd4j.zeros(1, 2, 2), Map.of(), Map.of());
        assertEquals(
                "joined batches: 1 of 2 have relations; join examples that all have them, or none",
                message(() -> SourceBatch.join(List.of(related, SourceBatch.of(Nd4j.zeros(1, 2, 1), null)))));
    }

    private static String message(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
