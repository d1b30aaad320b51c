package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A bound {@link GraphAttention}; the products of the heads read and write their parts of the rows in place. */
record NeighbourHeads(
        Shape.Sequence outputShape,
        int heads,
        Activation activation,
        Parameter weight,
        EdgeScores scores,
        AttentionWeights attention,
        Parameter bias,
        Slot<NeighbourHeads.Trace> trace,
        boolean needsGradient)
        implements Layer {

    /** What backward needs; {@code kept} is what the activation wants. */
    record Trace(INDArray x, INDArray h, INDArray terms, INDArray weights, INDArray kept) {}

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        HeadParts parts = parts(x);
        INDArray rows = x.reshape('c', x.size(0) * x.size(1), x.size(2));
        INDArray h = MatMul.into(rows, false, pass.value(weight), false, wide(rows));
        INDArray terms = scores.terms(h, pass);
        INDArray pairs = EdgeScores.leak(scores.sums(terms, parts));
        Sums.into(pairs, Adjacency.exclusion(x, pass, GraphAttention.NAME), pairs);
        INDArray weights = attention.ofAll(pairs, pass);
        INDArray joined = wide(rows);
        MatMul.into(weights, false, parts.of(h, 0), false, parts.of(joined, 0));
        joined.addiRowVector(pass.value(bias));
        INDArray y = activation.apply(joined);
        pass.save(trace, new Trace(rows, h, terms, weights, activation.keepsInput() ? joined : y));
        return y.reshape('c', x.size(0), x.size(1), y.size(1));
    }

    private HeadParts parts(INDArray nodes) {
        return new HeadParts(nodes.size(0), nodes.size(1), heads, outputShape.features() / heads);
    }

    private INDArray wide(INDArray rows) {
        return Nd4j.createUninitialized(rows.dataType(), rows.size(0), outputShape.features());
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        Trace t = pass.load(trace);
        HeadParts parts = parts(gradient);
        INDArray g = activation.gradient(t.kept, gradient.reshape('c', t.kept.shape()));
        Rows.assignSum(g, pass.gradient(bias));
        INDArray results = parts.of(g, 0);
        INDArray h = wide(g);
        MatMul.into(t.weights, true, results, false, parts.of(h, 0));
        INDArray pairs = MatMul.into(results, false, parts.of(t.h, 0), true, parts.pairs(g));
        h.addi(scores.backward(attention.backward(pairs, pass), t.terms, t.h, parts, pass));
        MatMul.into(t.x, true, h, false, pass.gradient(weight));
        if (!needsGradient) {
            return null;
        }
        INDArray dx = Nd4j.createUninitialized(t.x.dataType(), t.x.shape());
        return MatMul.into(h, false, pass.value(weight), true, dx)
                .reshape('c', gradient.size(0), gradient.size(1), t.x.size(1));
    }
}
