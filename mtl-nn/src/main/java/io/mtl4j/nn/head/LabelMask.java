package io.mtl4j.nn.head;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Which elements of an array are there. A mask's shape is a prefix of the array's shape (dimensions of size 1 may follow):
 * its entries stand for single elements, for rows, or for whole examples.
 */
final class LabelMask {

    private final double[] entries;
    private final int span;

    private LabelMask(double[] entries, int span) {
        this.entries = entries;
        this.span = span;
    }

    /** Reads a mask, or null for an array whose elements are all there. */
    static LabelMask of(INDArray mask, long... shape) {
        int elements = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        if (mask == null) {
            return new LabelMask(null, elements);
        }
        if (!fits(mask.shape(), shape)) {
            throw new IllegalArgumentException("label mask of shape " + Arrays.toString(mask.shape())
                    + " for an array of shape " + Arrays.toString(shape)
                    + "; give an entry for each example, for each step, or for each element");
        }
        return new LabelMask(HeapArray.read(mask), (int) (elements / mask.length()));
    }

    private static boolean fits(long[] mask, long[] shape) {
        int rank = mask.length;
        while (rank > 0 && mask[rank - 1] == 1) {
            rank--;
        }
        return rank <= shape.length && Arrays.equals(mask, 0, rank, shape, 0, rank);
    }

    /** Whether an element is there, by its number in row-major order. */
    boolean at(int element) {
        return entries == null || entries[element / span] != 0;
    }

    /** Whether the elements of each row of this size are there or missing together. */
    boolean keepsRowsWhole(int row) {
        return entries == null || span % row == 0;
    }

    /**
     * Completes a mask.
     *
     * @param shape shape of the result, a prefix of the labels' shape
     * @return 1 where the mask, the time steps and all label values of an entry are there; null if nothing is missing
     */
    static INDArray complete(INDArray labels, INDArray mask, INDArray steps, long... shape) {
        double[] values = HeapArray.read(labels);
        LabelMask given = of(mask, shape);
        LabelMask real = of(steps, shape);
        int entries = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        int row = values.length / entries;
        double[] result = new double[entries];
        boolean complete = true;
        for (int i = 0; i < entries; i++) {
            boolean there = given.at(i) && real.at(i) && !anyNaN(values, i * row, row);
            result[i] = there ? 1 : 0;
            complete &= there;
        }
        return complete ? null : Nd4j.create(result, shape, DataType.FLOAT);
    }

    private static boolean anyNaN(double[] values, int from, int size) {
        for (int i = from; i < from + size; i++) {
            if (Double.isNaN(values[i])) {
                return true;
            }
        }
        return false;
    }
}
