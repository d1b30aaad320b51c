package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.Softmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * From scores {@code [batch, heads, time, time]} to attention weights: softmax over the last dimension, without what is
 * excluded, and dropout.
 */
record AttentionWeights(Layer dropout, Slot<INDArray> kept) {

    /** Makes the weight of padding exactly 0, and equal weights where all is padding; finite in single precision. */
    private static final double EXCLUDED = -1e9;

    /**
     * Overwrites the scores.
     *
     * @param excluded what is added to the scores first, as made by {@link #padding} or {@link #future}; null for nothing
     */
    INDArray forward(INDArray scores, INDArray excluded, Pass pass) {
        if (excluded != null) {
            Sums.into(scores, excluded, scores);
        }
        return ofAll(scores, pass);
    }

    /** Overwrites the scores, of which those of padding are out already. */
    INDArray ofAll(INDArray scores, Pass pass) {
        if (Softmax.serves(scores)) {
            Softmax.forward(scores);
        } else {
            INDArray rows = rows(scores);
            rows.subiColumnVector(rows.max(true, 1));
            Nd4j.getExecutioner().exec(new Exp(rows, rows));
            rows.diviColumnVector(sums(rows));
        }
        pass.save(kept, scores);
        return dropout.forward(scores, pass);
    }

    /** Keeps padding {@code [batch, time]} from being attended to; null for a mask of null. */
    static INDArray padding(INDArray mask, DataType type) {
        return mask == null
                ? null
                : mask.castTo(type).rsub(1).muli(EXCLUDED).reshape('c', mask.size(0), 1, 1, mask.size(1));
    }

    /** Keeps each of these steps from attending to later ones. */
    static INDArray future(long time, DataType type) {
        double[] penalties = new double[(int) (time * time)];
        for (int at = 0; at < penalties.length; at++) {
            penalties[at] = at % time > at / time ? EXCLUDED : 0;
        }
        return Nd4j.createFromArray(penalties).castTo(type).reshape('c', 1, 1, time, time);
    }

    private static INDArray rows(INDArray scores) {
        return scores.reshape('c', scores.length() / scores.size(3), scores.size(3));
    }

    /** A product with a vector is the fastest way to sum rows. */
    private static INDArray sums(INDArray rows) {
        INDArray ones = Nd4j.valueArrayOf(new long[] {rows.size(1), 1}, 1.0, rows.dataType());
        return MatMul.into(rows, false, ones, false, Nd4j.createUninitialized(rows.dataType(), rows.size(0), 1));
    }

    /** With p = softmax(s): ds = p (dp - Σ p dp). Overwrites the gradient. */
    INDArray backward(INDArray gradient, Pass pass) {
        INDArray p = pass.load(kept);
        INDArray dp = dropout.backward(gradient, pass);
        if (Softmax.serves(p, dp)) {
            Softmax.backward(p, dp);
            return dp;
        }
        INDArray product = p.mul(dp);
        INDArray sums = sums(rows(product));
        return product.subi(rows(p).mulColumnVector(sums).reshape('c', p.shape()));
    }
}
