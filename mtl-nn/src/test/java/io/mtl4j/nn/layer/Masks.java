package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Masks of time steps for tests, and layers run with them. */
public final class Masks {

    private Masks() {}

    /** Padding at the right, at the left, in the middle, and none; 5 steps. */
    public static INDArray mixed() {
        return mask("11100", "00111", "10011", "11111");
    }

    /** A mask of one row of 0s and 1s per example. */
    public static INDArray mask(String... rows) {
        INDArray mask = Nd4j.create(DataType.DOUBLE, rows.length, rows[0].length());
        for (int b = 0; b < rows.length; b++) {
            for (int t = 0; t < rows[b].length(); t++) {
                mask.putScalar(b, t, rows[b].charAt(t) - '0');
            }
        }
        return mask;
    }

    /** The real steps of one example: {@code [batch, time, ...]} to {@code [1, length, ...]}. */
    public static INDArray realSteps(INDArray x, INDArray mask, int example) {
        long length = (long) mask.getRow(example).sumNumber().doubleValue();
        long[] shape = x.shape().clone();
        shape[0] = 1;
        shape[1] = length;
        INDArray out = Nd4j.create(x.dataType(), shape);
        int next = 0;
        for (int t = 0; t < mask.size(1); t++) {
            if (mask.getDouble(example, t) != 0) {
                INDArray step = x.rank() == 2
                        ? x.get(NDArrayIndex.interval(example, example + 1), NDArrayIndex.interval(t, t + 1))
                        : x.get(
                                NDArrayIndex.interval(example, example + 1),
                                NDArrayIndex.interval(t, t + 1),
                                NDArrayIndex.all());
                if (x.rank() == 2) {
                    out.putScalar(0, next++, step.getDouble(0));
                } else {
                    out.get(NDArrayIndex.all(), NDArrayIndex.interval(next, next + 1), NDArrayIndex.all())
                            .assign(step);
                    next++;
                }
            }
        }
        return out;
    }
}
