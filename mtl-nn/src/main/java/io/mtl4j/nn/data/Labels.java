package io.mtl4j.nn.data;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The labels of one task for all examples of a data source. Immutable; arrays given are copied.
 *
 * <table>
 * <caption>How labels are written</caption>
 * <tr><th>task</th><th>factory</th><th>in a batch</th></tr>
 * <tr><td>one of C classes; yes or no (1 or 0)</td><td>{@link #classes}</td><td>{@code [batch]}</td></tr>
 * <tr><td>one number</td><td>{@link #values}</td><td>{@code [batch, 1]}</td></tr>
 * <tr><td>several numbers, any of C labels, probabilities of classes</td><td>{@link #rows}</td>
 * <td>{@code [batch, outputs]}</td></tr>
 * <tr><td>a tag for each step of a sequence</td><td>{@link #tags}</td><td>{@code [batch, time]}</td></tr>
 * <tr><td>a sequence to write, of any length</td><td>{@link #sequences}</td><td>{@code [batch, longest]}</td></tr>
 * </table>
 *
 * <p>A missing label is {@link #MISSING} where labels are classes or tags, NaN where they are numbers, or 0 in a mask.
 */
public sealed interface Labels permits DenseLabels, SequenceLabels, TagLabels {

    /** The class, or tag, of an example that has no label. In batches it is NaN. */
    int MISSING = -1;

    /** {@return the number of examples} */
    int size();

    /**
     * {@return the labels of these examples}
     *
     * @param indices numbers of the examples, in any order, also repeated
     * @throws IndexOutOfBoundsException if there is no such example
     */
    Labels subset(int[] indices);

    /**
     * {@return the labels of a batch, NaN where one is missing}
     *
     * @param indices numbers of the examples
     * @throws IndexOutOfBoundsException if there is no such example
     */
    INDArray gather(int[] indices);

    /**
     * {@return the mask of a batch, or null if no mask was given}
     *
     * @param indices numbers of the examples
     * @throws IndexOutOfBoundsException if there is no such example
     */
    INDArray gatherMask(int[] indices);

    /**
     * {@return one class for each example}
     *
     * @param classes numbers of the classes, from 0; {@link #MISSING} where there is no label
     * @throws IllegalArgumentException if a number is below -1
     */
    static Labels classes(int... classes) {
        float[] values = new float[classes.length];
        for (int i = 0; i < classes.length; i++) {
            values[i] = Codes.toFloat(classes[i], "class", i);
        }
        return new DenseLabels(FloatRows.of(values), null);
    }

    /**
     * {@return one number for each example}
     *
     * @param values finite; NaN where there is no label
     * @throws IllegalArgumentException if a value is infinite
     */
    static Labels values(float... values) {
        float[][] rows = new float[values.length][];
        Arrays.setAll(rows, i -> new float[] {values[i]});
        return rows(rows);
    }

    /**
     * {@return one row of numbers for each example}
     *
     * @param rows {@code [examples][outputs]}, finite; NaN where there is no label
     * @throws IllegalArgumentException if rows differ in length, or a value is infinite
     */
    static Labels rows(float[][] rows) {
        return new DenseLabels(FloatRows.of(rows, "labels"), null);
    }

    /**
     * {@return labels in an array}
     *
     * @param labels {@code [examples]}, {@code [examples, outputs]}, or any other shape that the task's head reads; finite,
     *     NaN where there is no label; values are kept as 32-bit floats
     * @throws IllegalArgumentException if a value is infinite, or the array a scalar
     */
    static Labels of(INDArray labels) {
        return new DenseLabels(FloatRows.of(labels, "labels"), null);
    }

    /**
     * {@return labels in an array, with a mask}
     *
     * @param labels as in {@link #of(INDArray)}
     * @param mask 1 where there is a label, 0 where there is none: {@code [examples]}, or of the labels' shape
     * @throws IllegalArgumentException if a value is infinite, the mask has another size, or values other than 0 and 1
     */
    static Labels of(INDArray labels, INDArray mask) {
        return new DenseLabels(FloatRows.of(labels, "labels"), FloatRows.of(mask, "mask"));
    }

    /**
     * {@return one tag for each step of each example}
     *
     * @param tags {@code [examples][time]}: numbers of the tags, from 0; {@link #MISSING} where there is no label; examples
     *     may differ in length; a batch is filled up with 0 to its longest, which the source's mask of steps tells
     * @throws IllegalArgumentException if a number is below -1
     */
    static Labels tags(int[][] tags) {
        return TagLabels.of(tags);
    }

    /**
     * {@return one sequence of tokens for each example, to be written by {@code Tasks.sequence}}
     *
     * @param tokens {@code [examples][length]}: numbers of the tokens, from 0; none is special, for the task adds start and end
     *     by itself; lengths are of no relation to those of the input, and a batch is filled up with NaN to its longest; null,
     *     or an empty sequence, where there is no label
     * @throws IllegalArgumentException if a number is below 0
     */
    static Labels sequences(int[][] tokens) {
        return SequenceLabels.of(tokens);
    }
}
