package io.mtl4j.examples.compare;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.Standardizer;
import io.mtl4j.nn.data.image.ImageSource;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.data.image.Pictures;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Two overlapping digits in each picture: Multi-MNIST of Sener and Koltun, Multi-Task Learning as Multi-Objective
 * Optimization, NeurIPS 2018. On a canvas of 36 x 36 one digit lies at rows and columns 0 to 27 and another at 6 to 33;
 * where they overlap the brighter pixel counts. The
 * canvas is shrunk to 28 x 28 by nearest neighbour, row or column k from {@code floor((k + 0.5) 36 / 28)}.
 *
 * @param pictures the pictures, {@code [1, 28, 28]}
 * @param left the digits at the upper left
 * @param right the digits at the lower right
 */
public record MultiMnist(Pictures pictures, List<Integer> left, List<Integer> right) {

    /** The task of the digit at the upper left. */
    public static final String LEFT = "left";

    /** The task of the digit at the lower right. */
    public static final String RIGHT = "right";

    /** The input. */
    public static final String PICTURE = "picture";

    private static final int SIDE = 28;
    private static final int CANVAS = 36;
    private static final int SHIFT = 6;

    /** Copies the lists. */
    public MultiMnist {
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    /**
     * {@return pictures whose left digits are the first ones given, in order, and whose right digits are drawn uniformly from all}
     *
     * @param digits pictures of 28 x 28, grey
     * @param count how many, at most as many as there are digits
     * @param seed of the draw
     * @throws IllegalArgumentException if the digits are of another shape or too few
     */
    public static MultiMnist random(LabeledPictures digits, int count, long seed) {
        if (count < 1 || count > digits.size()) {
            throw new IllegalArgumentException("Multi-MNIST: " + count + " pictures asked for, " + digits.size()
                    + " digits given; ask for at least 1 and at most as many as there are digits");
        }
        int[] left = IntStream.range(0, count).toArray();
        int[] right = new SplittableRandom(seed).ints(count, 0, digits.size()).toArray();
        return of(digits, left, right);
    }

    /**
     * {@return pictures of chosen digits}
     *
     * @param digits pictures of 28 x 28, grey
     * @param left number of the digit at the upper left of each picture
     * @param right number of the digit at the lower right of each picture
     * @throws IllegalArgumentException if the digits are of another shape, or there are not as many left as right
     */
    public static MultiMnist of(LabeledPictures digits, int[] left, int[] right) {
        Shape.Image shape = digits.pictures().shape();
        if (!shape.equals(Shape.image(1, SIDE, SIDE)) || left.length != right.length) {
            throw new IllegalArgumentException(
                    "Multi-MNIST: digits of shape " + shape + ", " + left.length + " left and " + right.length
                            + " right ones; give grey pictures of 28 x 28, as many left as right");
        }
        byte[] pixels = new byte[left.length * SIDE * SIDE];
        int at = 0;
        for (int i = 0; i < left.length; i++) {
            for (int row = 0; row < SIDE; row++) {
                for (int column = 0; column < SIDE; column++) {
                    pixels[at++] = (byte) pixel(digits.pictures(), left[i], right[i], source(row), source(column));
                }
            }
        }
        return new MultiMnist(Pictures.of(shape, pixels), classes(digits, left), classes(digits, right));
    }

    private static int source(int target) {
        return (int) Math.floor((target + 0.5) * CANVAS / SIDE);
    }

    /** A pixel of the canvas. */
    private static int pixel(Pictures digits, int left, int right, int row, int column) {
        return Math.max(inside(digits, left, row, column), inside(digits, right, row - SHIFT, column - SHIFT));
    }

    private static int inside(Pictures digits, int index, int row, int column) {
        boolean in = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
        return in ? digits.pixel(index, 0, row, column) : 0;
    }

    private static List<Integer> classes(LabeledPictures digits, int[] indices) {
        return IntStream.of(indices).mapToObj(digits::classOf).toList();
    }

    /**
     * {@return the pictures as data, standardised as MNIST is}
     *
     * @param tasks {@link #LEFT}, {@link #RIGHT} or both
     */
    public DataSource source(List<String> tasks) {
        Map<String, List<Integer>> classes = Map.of(LEFT, left, RIGHT, right);
        ImageSource.Builder source =
                ImageSource.builder(PICTURE).pictures(pictures).standardizer(Standardizer.mnist());
        for (String task : tasks) {
            source.labels(
                    task,
                    Labels.classes(classes.get(task).stream()
                            .mapToInt(Integer::intValue)
                            .toArray()));
        }
        return source.build();
    }
}
