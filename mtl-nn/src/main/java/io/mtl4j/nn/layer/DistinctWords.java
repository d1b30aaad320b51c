package io.mtl4j.nn.layer;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The different words of a batch, in the order in which they first occur.
 *
 * @param words the number of each
 * @param characters the characters of each, without the room behind the last
 * @param places for each step of the batch, the number of its word among the different ones
 */
record DistinctWords(int[] words, List<int[]> characters, int[] places) {

    /**
     * {@return the words of a batch}
     *
     * @param x {@code [batch, time, 1 + length]}
     * @param characterLimit one more than the largest number of a character
     * @param wordLimit one more than the largest number of a word; 0 if words have no vectors of their own, so that their
     *     numbers do not matter
     * @throws IllegalArgumentException if a number is none of these
     */
    static DistinctWords of(INDArray x, int characterLimit, int wordLimit) {
        double[] values = x.dup('c').data().asDouble();
        int width = (int) x.size(2);
        int[] places = new int[values.length / width];
        Map<IntBuffer, Integer> known = new HashMap<>();
        List<int[]> characters = new ArrayList<>();
        List<Integer> words = new ArrayList<>();
        for (int step = 0; step < places.length; step++) {
            int[] row = new int[width];
            row[0] = wordLimit == 0 ? 0 : number(values, step * width, wordLimit, "word");
            int end = 1;
            for (int i = 1; i < width; i++) {
                row[i] = number(values, step * width + i, characterLimit, "character");
                end = row[i] == 0 ? end : i + 1;
            }
            Integer place = known.putIfAbsent(IntBuffer.wrap(row), words.size());
            places[step] = place == null ? words.size() : place;
            if (place == null) {
                words.add(row[0]);
                characters.add(Arrays.copyOfRange(row, 1, end));
            }
        }
        return new DistinctWords(words.stream().mapToInt(Integer::intValue).toArray(), List.copyOf(characters), places);
    }

    private static int number(double[] values, int at, int limit, String what) {
        int number = (int) values[at];
        if (number != values[at] || number < 0 || number >= limit) {
            throw new IllegalArgumentException("character words: " + what + " " + values[at] + " at position " + at
                    + " (in row order); it must be an integer from 0 to " + (limit - 1));
        }
        return number;
    }

    /** {@return how many there are} */
    int count() {
        return words.length;
    }
}
