package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A bound {@link SelfAttention}. One product makes q, k and v; one copy brings them to {@code [3, batch, heads, time, d]},
 * where every head's matrix is contiguous.
 */
record MultiHead(
        Shape.Sequence outputShape,
        int heads,
        AttentionWeights attention,
        Parameter weight,
        Parameter bias,
        Parameter outputWeight,
        Parameter outputBias,
        Slot<MultiHead.Trace> trace,
        boolean needsGradient)
        implements Layer {

    /** What backward needs; q is already divided by sqrt(d), and {@code joined} are the heads' results side by side. */
    record Trace(INDArray x, INDArray q, INDArray k, INDArray v, INDArray weights, INDArray joined) {}

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        long batch = x.size(0);
        long time = x.size(1);
        INDArray rows = x.reshape('c', batch * time, features());
        INDArray projected = times(rows, pass.value(weight)).addiRowVector(pass.value(bias));
        INDArray parts = Nd4j.createUninitialized(x.dataType(), 3, batch, heads, time, size())
                .assign(projected.reshape('c', batch, time, 3, heads, size()).permute(2, 0, 3, 1, 4));
        INDArray q = part(parts, 0).muli(scale());
        INDArray k = part(parts, 1);
        INDArray v = part(parts, 2);
        INDArray scores = Nd4j.createUninitialized(x.dataType(), batch * heads, time, time);
        INDArray weights = attention.forward(MatMul.into(q, false, k, true, scores), batch, pass);
        INDArray results = MatMul.into(weights, false, v, false, Nd4j.createUninitialized(x.dataType(), v.shape()));
        INDArray joined = Nd4j.createUninitialized(x.dataType(), batch, time, heads, size())
                .assign(results.reshape('c', batch, heads, time, size()).permute(0, 2, 1, 3))
                .reshape('c', batch * time, features());
        pass.save(trace, new Trace(rows, q, k, v, weights, joined));
        return times(joined, pass.value(outputWeight))
                .addiRowVector(pass.value(outputBias))
                .reshape('c', x.shape());
    }

    private int features() {
        return outputShape.features();
    }

    /** Features of a head. */
    private int size() {
        return features() / heads;
    }

    private double scale() {
        return 1 / Math.sqrt(size());
    }

    private static INDArray times(INDArray a, INDArray b) {
        return MatMul.into(a, false, b, false, Nd4j.createUninitialized(a.dataType(), a.size(0), b.size(1)));
    }

    /** q, k or v of all heads: {@code [batch * heads, time, d]}. */
    private static INDArray part(INDArray parts, int number) {
        return parts.slice(number).reshape('c', parts.size(1) * parts.size(2), parts.size(3), parts.size(4));
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        Trace t = pass.load(trace);
        INDArray g = gradient.reshape('c', t.joined.shape());
        MatMul.into(t.joined, true, g, false, pass.gradient(outputWeight));
        Rows.assignSum(g, pass.gradient(outputBias));
        INDArray joined = MatMul.into(g, false, pass.value(outputWeight), true, t.joined.ulike());
        INDArray projected = throughHeads(t, joined, gradient.size(0), gradient.size(1), pass);
        MatMul.into(t.x, true, projected, false, pass.gradient(weight));
        Rows.assignSum(projected, pass.gradient(bias));
        return needsGradient
                ? MatMul.into(projected, false, pass.value(weight), true, t.x.ulike())
                        .reshape('c', gradient.shape())
                : null;
    }

    /** From the gradient with respect to the joined results to that with respect to q, k and v side by side. */
    private INDArray throughHeads(Trace t, INDArray joined, long batch, long time, Pass pass) {
        DataType type = joined.dataType();
        INDArray results = Nd4j.createUninitialized(type, batch, heads, time, size())
                .assign(joined.reshape('c', batch, time, heads, size()).permute(0, 2, 1, 3))
                .reshape('c', batch * heads, time, size());
        INDArray parts = Nd4j.createUninitialized(type, 3, batch, heads, time, size());
        MatMul.into(t.weights, true, results, false, part(parts, 2));
        INDArray weights = Nd4j.createUninitialized(type, batch * heads, time, time);
        INDArray scores = attention.backward(MatMul.into(results, false, t.v, true, weights), pass);
        MatMul.into(scores, false, t.k, false, part(parts, 0)).muli(scale());
        MatMul.into(scores, true, t.q, false, part(parts, 1));
        return Nd4j.createUninitialized(type, batch, time, 3, heads, size())
                .assign(parts.permute(1, 3, 0, 2, 4))
                .reshape('c', batch * time, 3L * features());
    }
}
