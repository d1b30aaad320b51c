package io.mtl4j.nn.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Causal self-attention step by step: keys and values of the steps before are kept. */
final class AttentionCache {

    private final MultiHead attention;
    private final int rows;
    private final int longest;
    private final int features;
    private final Pass pass;
    private INDArray kept;
    private int time;

    AttentionCache(MultiHead attention, int rows, int longest, Pass pass) {
        this.attention = attention;
        this.rows = rows;
        this.longest = longest;
        this.features = attention.outputShape().features();
        this.pass = pass;
    }

    /** From {@code [rows, features]} to the same shape. */
    INDArray next(INDArray x) {
        INDArray projected = MatMul.affine(
                x, pass.value(attention.weight()), pass.value(attention.bias()), like(x, rows, 3L * features));
        if (kept == null) {
            kept = Nd4j.zeros(x.dataType(), rows, longest, 2L * features);
        }
        kept.get(all(), point(time), all()).assign(projected.get(all(), interval(features, 3L * features)));
        time++;
        HeadParts one = new HeadParts(rows, 1, attention.heads(), features / attention.heads());
        INDArray scores = like(x, rows, attention.heads(), 1, time);
        MatMul.into(attention.scale(), one.of(projected, 0), false, part(0), true, scores);
        INDArray weights = attention.attention().forward(scores, null, pass);
        INDArray joined = like(x, rows, features);
        MatMul.into(weights, false, part(1), false, one.of(joined, 0));
        return MatMul.affine(
                joined,
                pass.value(attention.outputWeight()),
                pass.value(attention.outputBias()),
                like(x, rows, features));
    }

    /** The keys (0) or values (1) of the steps so far, {@code [rows, heads, time, d]}, where they are. */
    private INDArray part(int number) {
        int size = features / attention.heads();
        long[] shape = {rows, attention.heads(), time, size};
        long[] strides = {2L * longest * features, size, 2L * features, 1};
        return Nd4j.create(kept.data(), shape, strides, kept.offset() + (long) number * features, 'c');
    }

    void keep(int[] from) {
        kept = Rows.take(kept.reshape('c', rows, 2L * longest * features), from).reshape('c', kept.shape());
    }

    private static INDArray like(INDArray x, long... shape) {
        return Nd4j.createUninitialized(x.dataType(), shape);
    }
}
