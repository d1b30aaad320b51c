package io.mtl4j.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class SequenceSourceTest {

    private static final int[][] TOKENS = {{4, 2, 7}, {3, 5}, {9}, {1, 2, 3, 4}};

    private static RandomGenerator random() {
        return new SplittableRandom(1);
    }

    private static SequenceSource texts() {
        return SequenceSource.builder("text")
                .tokens(TOKENS)
                .labels("intent", Labels.classes(1, 0, 1, 2))
                .labels("slot", Labels.tags(new int[][] {{1, 2, 3}, {Labels.MISSING, 5}, {6}, {7, 8, 9, 10}}))
                .build();
    }

    @Test
    void aBatchIsFilledUpToItsOwnLongestSequence() {
        SourceBatch batch = texts().batch(new int[] {2, 0, 1}, random());
        assertEquals(Nd4j.createFromArray(new float[][] {{9, 0, 0}, {4, 2, 7}, {3, 5, 0}}), batch.features());
        assertEquals(Nd4j.createFromArray(new float[][] {{1, 0, 0}, {1, 1, 1}, {1, 1, 0}}), batch.steps());
        assertArrayEquals(new float[] {1, 1, 0}, batch.labels().get("intent").toFloatVector());
        assertArrayEquals(
                new float[][] {{6, 0, 0}, {1, 2, 3}, {Float.NaN, 5, 0}},
                batch.labels().get("slot").toFloatMatrix());
        assertArrayEquals(
                new long[] {1, 1},
                texts().batch(new int[] {2}, random()).features().shape());
    }

    @Test
    void stepsMayBeRowsOfFeatures() {
        SequenceSource source = SequenceSource.builder("sound")
                .features(new float[][][] {{{1, 2}, {3, 4}}, {{5, 6}}})
                .labels("word", Labels.classes(0, 1))
                .build();
        SourceBatch batch = source.batch(new int[] {1, 0}, random());
        assertEquals(Nd4j.createFromArray(new float[][][] {{{5, 6}, {0, 0}}, {{1, 2}, {3, 4}}}), batch.features());
        assertEquals(Nd4j.createFromArray(new float[][] {{1, 0}, {1, 1}}), batch.steps());
        assertEquals(2, source.length(0));
    }

    @Test
    void subsetsShowTheChosenSequences() {
        SequenceSource chosen = texts().subset(new int[] {3, 2, 2}).limit(2);
        assertEquals(2, chosen.size());
        assertEquals(
                texts().batch(new int[] {2, 3}, random()).features(),
                chosen.batch(new int[] {1, 0}, random()).features());
        assertArrayEquals(
                new float[] {1, 2},
                chosen.batch(new int[] {1, 0}, random()).labels().get("intent").toFloatVector());
    }

    @Test
    void tagsMustBeAsManyAsSteps() {
        assertEquals(
                "task \"slot\": 1 tags for 2 steps of example 1; give one tag for each step",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SequenceSource.builder("text")
                                        .tokens(new int[][] {{1}, {1, 2}})
                                        .labels("slot", Labels.tags(new int[][] {{1}, {1}}))
                                        .build())
                        .getMessage());
    }

    @Test
    void badSequencesAreRefused() {
        SequenceSource.Builder builder = SequenceSource.builder("x");
        assertThrows(IllegalStateException.class, builder::build);
        assertThrows(IllegalArgumentException.class, () -> builder.tokens(new int[][] {{1}, {}}));
        assertThrows(IllegalArgumentException.class, () -> builder.tokens(new int[][] {{-1}}));
        assertThrows(IllegalArgumentException.class, () -> builder.features(new float[0][][]));
        assertThrows(IllegalArgumentException.class, () -> builder.features(new float[][][] {{{1}, {1, 2}}}));
        assertThrows(IllegalArgumentException.class, () -> builder.features(new float[][][] {{{Float.NaN}}}));
        builder.tokens(TOKENS);
        assertThrows(IllegalStateException.class, () -> builder.tokens(TOKENS));
        assertThrows(IllegalArgumentException.class, () -> texts().batch(new int[0], random()));
        assertThrows(IndexOutOfBoundsException.class, () -> texts().batch(new int[] {4}, random()));
    }
}
