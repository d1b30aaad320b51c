package io.mtl4j.nn.data;

import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Numbers of all examples, {@code [examples, shape...]}, kept on the Java heap. Immutable. */
final class FloatRows {

    private final float[] values;
    private final int size;
    private final int width;
    private final long[] rowShape;

    private FloatRows(float[] values, int size, int width, long[] rowShape) {
        this.values = values;
        this.size = size;
        this.width = width;
        this.rowShape = rowShape;
    }

    /** {@return one number for each example} */
    static FloatRows of(float[] values) {
        return new FloatRows(values.clone(), values.length, 1, new long[0]);
    }

    /** {@return the rows of a matrix; all must be of one length} */
    static FloatRows of(float[][] rows, String what) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        float[] values = new float[length(rows.length, width, what)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                throw new IllegalArgumentException(what + ": row " + i + " has " + rows[i].length
                        + " columns and row 0 has " + width + "; give all rows the same columns");
            }
            System.arraycopy(rows[i], 0, values, i * width, width);
        }
        return new FloatRows(values, rows.length, width, new long[] {width});
    }

    /** {@return a copy of an array whose first dimension is the example} */
    static FloatRows of(INDArray array, String what) {
        if (array.rank() == 0) {
            throw new IllegalArgumentException(what + ": a scalar; the first dimension must be the example");
        }
        long[] shape = array.shape();
        long width = 1;
        for (int d = 1; d < shape.length; d++) {
            width *= shape[d];
        }
        length(shape[0], width, what);
        float[] values = array.dup('c').data().asFloat();
        return new FloatRows(values, (int) shape[0], (int) width, Arrays.copyOfRange(shape, 1, shape.length));
    }

    private static int length(long rows, long width, String what) {
        if (rows * width > Integer.MAX_VALUE - 8L) {
            throw new IllegalArgumentException(what + ": " + rows + " examples of " + width
                    + " numbers are more than one array holds; split the data into several sources or write a DataSource"
                    + " that reads from files");
        }
        return (int) (rows * width);
    }

    int size() {
        return size;
    }

    long[] rowShape() {
        return rowShape.clone();
    }

    int width() {
        return width;
    }

    float value(int row, int column) {
        return values[row * width + column];
    }

    /** {@return the rows with these numbers} */
    FloatRows subset(int[] indices) {
        return new FloatRows(copy(indices), indices.length, width, rowShape);
    }

    /** {@return the rows with these numbers, as an array of its own} */
    INDArray gather(int[] indices) {
        if (indices.length == 0) {
            throw new IllegalArgumentException("no indices; a batch needs at least one example");
        }
        long[] shape = new long[rowShape.length + 1];
        shape[0] = indices.length;
        System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
        return Nd4j.createFromArray(copy(indices)).reshape(shape);
    }

    private float[] copy(int[] indices) {
        float[] copy = new float[indices.length * width];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, Objects.checkIndex(indices[i], size) * width, copy, i * width, width);
        }
        return copy;
    }
}
