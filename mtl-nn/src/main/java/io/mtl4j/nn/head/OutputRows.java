package io.mtl4j.nn.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
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

    /**
     * Each example's rows, in order.
     *
     * @param steps which of them are real, {@code [batch, time]}; null for all
     */
    static List<List<double[]>> byExample(INDArray outputs, INDArray steps) {
        List<double[]> rows = of(outputs);
        int batch = (int) outputs.size(0);
        int own = rows.size() / batch;
        LabelMask real = LabelMask.of(steps, batch, own);
        return IntStream.range(0, batch)
                .mapToObj(example -> IntStream.range(example * own, (example + 1) * own)
                        .filter(real::at)
                        .mapToObj(rows::get)
                        .toList())
                .toList();
    }

    /** The numbers of values from the largest to the smallest, equal ones in their order. */
    static int[] descending(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
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
