package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A bound {@link SelfAttention}. One product makes q, k and v side by side; the products of the heads read and write their
 * parts of the rows in place. If {@code causal}, no step attends to later ones, and the pass's mask does not matter.
 */
record MultiHead(
        Shape.Sequence outputShape,
        int heads,
        boolean causal,
        AttentionWeights attention,
        Parameter weight,
        Parameter bias,
        Parameter outputWeight,
        Parameter outputBias,
        Slot<MultiHead.Trace> trace,
        boolean needsGradient)
        implements Layer {

    /** What backward needs; {@code projected} has q, k and v side by side, {@code joined} the heads' results. */
    record Trace(INDArray x, INDArray projected, INDArray weights, INDArray joined) {}

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        HeadParts parts = parts(x);
        INDArray rows = x.reshape('c', x.size(0) * x.size(1), features());
        INDArray projected = MatMul.affine(rows, pass.value(weight), pass.value(bias), like(rows, 3));
        INDArray q = parts.of(projected, 0);
        INDArray k = parts.of(projected, 1);
        INDArray v = parts.of(projected, 2);
        INDArray scores = MatMul.into(scale(), q, false, k, true, parts.pairs(x));
        INDArray weights = attention.forward(scores, excluded(x, pass), pass);
        INDArray joined = like(rows, 1);
        MatMul.into(weights, false, v, false, parts.of(joined, 0));
        pass.save(trace, new Trace(rows, projected, weights, joined));
        return MatMul.affine(joined, pass.value(outputWeight), pass.value(outputBias), like(rows, 1))
                .reshape('c', x.shape());
    }

    private INDArray excluded(INDArray x, Pass pass) {
        return causal
                ? AttentionWeights.future(x.size(1), x.dataType())
                : AttentionWeights.padding(pass.mask(), x.dataType());
    }

    /** {@return where steps can be run one after the other, each attending to itself and those before} */
    AttentionCache cache(int rows, int longest, Pass pass) {
        return new AttentionCache(this, rows, longest, pass);
    }

    private int features() {
        return outputShape.features();
    }

    private HeadParts parts(INDArray x) {
        return new HeadParts(x.size(0), x.size(1), heads, features() / heads);
    }

    double scale() {
        return 1 / Math.sqrt((double) features() / heads);
    }

    /** A new array with as many rows, each some times as long. */
    private static INDArray like(INDArray rows, int times) {
        return Nd4j.createUninitialized(rows.dataType(), rows.size(0), times * rows.size(1));
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        Trace t = pass.load(trace);
        INDArray g = gradient.reshape('c', t.joined.shape());
        MatMul.into(t.joined, true, g, false, pass.gradient(outputWeight));
        Rows.assignSum(g, pass.gradient(outputBias));
        INDArray joined = MatMul.into(g, false, pass.value(outputWeight), true, like(g, 1));
        INDArray projected = throughHeads(t, joined, parts(gradient), pass);
        MatMul.into(t.x, true, projected, false, pass.gradient(weight));
        Rows.assignSum(projected, pass.gradient(bias));
        return needsGradient
                ? MatMul.into(projected, false, pass.value(weight), true, like(g, 1))
                        .reshape('c', gradient.shape())
                : null;
    }

    /** From the gradient with respect to the joined results to that with respect to q, k and v side by side. */
    private INDArray throughHeads(Trace t, INDArray joined, HeadParts parts, Pass pass) {
        INDArray results = parts.of(joined, 0);
        INDArray projected = like(joined, 3);
        MatMul.into(t.weights, true, results, false, parts.of(projected, 2));
        INDArray weights = MatMul.into(results, false, parts.of(t.projected, 2), true, parts.pairs(joined));
        INDArray scores = attention.backward(weights, pass);
        MatMul.into(scale(), scores, false, parts.of(t.projected, 1), false, parts.of(projected, 0));
        MatMul.into(scale(), scores, true, parts.of(t.projected, 0), false, parts.of(projected, 1));
        return projected;
    }
}
