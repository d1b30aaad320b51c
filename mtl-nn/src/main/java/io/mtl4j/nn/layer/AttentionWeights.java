package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * From scores {@code [batch * heads, time, time]} to attention weights: softmax over the last dimension, without padding,
 * and dropout.
 */
record AttentionWeights(Layer dropout, Slot<INDArray> kept) {

    /** Makes the weight of padding exactly 0, and equal weights where all is padding; finite in single precision. */
    private static final double EXCLUDED = -1e9;

    /** Overwrites the scores. */
    INDArray forward(INDArray scores, long batch, Pass pass) {
        long time = scores.size(2);
        if (pass.mask() != null) {
            exclude(scores, batch, pass.mask());
        }
        INDArray rows = scores.reshape('c', scores.size(0) * time, time);
        rows.subiColumnVector(rows.max(true, 1));
        Nd4j.getExecutioner().exec(new Exp(rows, rows));
        rows.diviColumnVector(sums(rows));
        pass.save(kept, scores);
        return dropout.forward(scores, pass);
    }

    private static void exclude(INDArray scores, long batch, INDArray mask) {
        long time = scores.size(2);
        INDArray byExample = scores.reshape('c', batch, scores.size(0) / batch * time, time);
        INDArray penalty = mask.castTo(scores.dataType()).rsub(1).muli(EXCLUDED).reshape('c', batch, 1, time);
        Nd4j.exec(DynamicCustomOp.builder("add")
                .addInputs(byExample, penalty)
                .addOutputs(byExample)
                .build());
    }

    /** A product with a vector is the fastest way to sum rows. */
    private static INDArray sums(INDArray rows) {
        INDArray ones = Nd4j.valueArrayOf(new long[] {rows.size(1), 1}, 1.0, rows.dataType());
        return MatMul.into(rows, false, ones, false, Nd4j.createUninitialized(rows.dataType(), rows.size(0), 1));
    }

    /** With p = softmax(s): ds = p (dp - Σ p dp). */
    INDArray backward(INDArray gradient, Pass pass) {
        INDArray p = pass.load(kept);
        INDArray dp = dropout.backward(gradient, pass);
        INDArray product = p.mul(dp);
        INDArray rows = product.reshape('c', p.size(0) * p.size(1), p.size(2));
        INDArray sums = sums(rows);
        return product.subi(p.reshape('c', rows.shape()).mulColumnVector(sums).reshape('c', p.shape()));
    }
}
