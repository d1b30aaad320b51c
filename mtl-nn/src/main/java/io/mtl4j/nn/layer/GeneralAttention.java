package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Global attention with the score "general" (Luong et al., EMNLP 2015, section 3.1): for a query h, the steps s_j of the memory
 * weigh {@code softmax_j(h Wa s_j)}, and their weighted sum comes out.
 */
record GeneralAttention(Parameter weight, AttentionWeights attention, Slot<GeneralAttention.Trace> trace) {

    /** What backward needs. */
    record Trace(INDArray queries, INDArray projected, INDArray memory, INDArray weights) {}

    static GeneralAttention bind(int queries, int memory, Binder binder) {
        return new GeneralAttention(
                binder.weight("Wa", Initializer.GLOROT_UNIFORM, queries, memory, queries, memory),
                new AttentionWeights(new Dropout(0).bind(Shape.sequence(memory), binder), binder.slot()),
                binder.slot());
    }

    /** {@return the contexts {@code [batch, length, features of the memory]}} */
    INDArray forward(INDArray queries, Decoder.Memory memory, Pass pass) {
        INDArray steps = memory.steps();
        long batch = steps.size(0);
        INDArray rows = queries.reshape('c', queries.size(0) * queries.size(1), queries.size(2));
        INDArray projected =
                MatMul.into(rows, false, pass.value(weight), false, like(rows, rows.size(0), steps.size(2)));
        INDArray q = projected.reshape('c', batch, 1, queries.size(1), steps.size(2));
        INDArray m = steps.reshape('c', batch, 1, steps.size(1), steps.size(2));
        INDArray scores = MatMul.into(q, false, m, true, like(q, batch, 1, q.size(2), m.size(2)));
        INDArray weights = attention.forward(scores, AttentionWeights.padding(memory.mask(), q.dataType()), pass);
        pass.save(trace, new Trace(rows, q, m, weights));
        return MatMul.into(weights, false, m, false, like(q, q.shape())).reshape('c', batch, q.size(2), q.size(3));
    }

    /** {@return the gradients with respect to the queries and the memory} */
    Decoder.Gradients backward(INDArray gradient, Pass pass) {
        Trace t = pass.load(trace);
        INDArray g = gradient.reshape('c', t.projected.shape());
        INDArray memory = MatMul.into(t.weights, true, g, false, like(g, t.memory.shape()));
        INDArray weights = MatMul.into(g, false, t.memory, true, like(g, t.weights.shape()));
        INDArray scores = attention.backward(weights, pass);
        memory.addi(MatMul.into(scores, true, t.projected, false, like(g, t.memory.shape())));
        INDArray projected = MatMul.into(scores, false, t.memory, false, like(g, g.shape()))
                .reshape('c', t.queries.size(0), g.size(3));
        MatMul.into(t.queries, true, projected, false, pass.gradient(weight));
        INDArray queries = MatMul.into(projected, false, pass.value(weight), true, like(g, t.queries.shape()));
        return new Decoder.Gradients(
                queries.reshape('c', g.size(0), g.size(2), t.queries.size(1)),
                memory.reshape('c', g.size(0), memory.size(2), memory.size(3)));
    }

    private static INDArray like(INDArray x, long... shape) {
        return Nd4j.createUninitialized(x.dataType(), shape);
    }
}
