package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.ColumnSums;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Rows of a matrix, taken and added by number. */
final class Rows {

    private Rows() {}

    /**
     * {@return a new matrix whose row i is row {@code numbers[i]} of the given one}
     *
     * @param matrix a matrix
     * @param numbers row numbers, each inside the matrix
     */
    static INDArray take(INDArray matrix, int[] numbers) {
        INDArray out = Nd4j.createUninitialized(matrix.dataType(), numbers.length, matrix.size(1));
        Nd4j.exec(DynamicCustomOp.builder("gather")
                .addInputs(matrix, Nd4j.createFromArray(numbers))
                .addOutputs(out)
                .addIntegerArguments(0)
                .build());
        return out;
    }

    /**
     * Assigns {@code target[r] = Σ rows[i]} over all i with {@code numbers[i] = r}; rows that no number names become 0.
     *
     * @param rows the rows to add
     * @param numbers where to
     * @param target receives the sums
     */
    static void assignSums(INDArray rows, int[] numbers, INDArray target) {
        target.assign(0);
        // The flag locks the operation: without it, threads race where a number occurs twice.
        Nd4j.exec(DynamicCustomOp.builder("scatter_add")
                .addInputs(target, Nd4j.createFromArray(numbers), rows)
                .addOutputs(target)
                .addBooleanArguments(true)
                .build());
    }

    /**
     * Assigns the sum of all rows.
     *
     * @param rows a matrix; its product with a row of ones is faster than a reduction
     * @param target receives the sum, a vector
     */
    static void assignSum(INDArray rows, INDArray target) {
        if (ColumnSums.serves(rows, target)) {
            ColumnSums.into(rows, target);
            return;
        }
        INDArray ones = Nd4j.valueArrayOf(new long[] {1, rows.size(0)}, 1.0, rows.dataType());
        INDArray sum = Nd4j.createUninitialized(rows.dataType(), 1, rows.size(1));
        target.assign(MatMul.into(ones, false, rows, false, sum).reshape('c', target.shape()));
    }

    /**
     * {@return the elements of an array in C order, as integers}
     *
     * @param array numbers without fractions
     * @param limit one more than the largest number allowed
     * @param what the numbers are, for the message
     * @throws IllegalArgumentException if an element is no integer from 0 to {@code limit - 1}
     */
    static int[] numbers(INDArray array, int limit, String what) {
        double[] values = array.dup('c').data().asDouble();
        int[] numbers = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int number = (int) values[i];
            if (number != values[i] || number < 0 || number >= limit) {
                throw new IllegalArgumentException(what + " " + values[i] + " at position " + i
                        + " (in row order); it must be an integer from 0 to " + (limit - 1));
            }
            numbers[i] = number;
        }
        return numbers;
    }

    /**
     * {@return a column with 0 where a number is the given one, 1 elsewhere}
     *
     * @param numbers the numbers
     * @param number the given one
     * @param type data type of the column
     */
    static INDArray differing(int[] numbers, int number, DataType type) {
        double[] flags = new double[numbers.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = numbers[i] == number ? 0 : 1;
        }
        return Nd4j.createFromArray(flags).castTo(type).reshape('c', flags.length, 1);
    }
}
