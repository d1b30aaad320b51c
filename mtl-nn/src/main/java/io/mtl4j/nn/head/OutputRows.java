package io.mtl4j.nn.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Outputs row by row. */
final class OutputRows {

    private OutputRows() {}

    /** The rows along the last dimension, in order. */
    static List<double[]> of(INDArray outputs) {
        double[] values = HeapArray.read(outputs);
        int width = (int) outputs.size(-1);
        List<double[]> rows = new ArrayList<>(values.length / width);
        for (int at = 0; at < values.length; at += width) {
            rows.add(Arrays.copyOfRange(values, at, at + width));
        }
        return rows;
    }

    /** The number of the largest value, the first of equal ones. */
    static int argMax(double[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            if (row[c] > row[best]) {
                best = c;
            }
        }
        return best;
    }
}
