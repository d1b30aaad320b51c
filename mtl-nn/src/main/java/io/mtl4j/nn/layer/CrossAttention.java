package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Multi-head attention of one sequence to another, the memory (Vaswani et al., NeurIPS 2017, section 3.2): queries {@code q = x
 * Wq + bq}, keys and values {@code [k, v] = m W + b}, then as in {@link SelfAttention}.
 */
record CrossAttention(
        int heads,
        int width,
        AttentionWeights attention,
        Parameter queryWeight,
        Parameter queryBias,
        Parameter weight,
        Parameter bias,
        Parameter outputWeight,
        Parameter outputBias,
        Slot<CrossAttention.Trace> trace) {

    /** What backward needs. */
    record Trace(INDArray x, INDArray queries, Keys keys, INDArray weights, INDArray joined) {}

    /** The memory made ready: its rows, keys and values side by side, and what is added to scores. */
    record Keys(INDArray rows, INDArray projected, long batch, long time, INDArray excluded) {}

    static CrossAttention bind(int heads, int width, int memory, double dropout, Binder binder) {
        Initializer start = Initializer.GLOROT_UNIFORM;
        return new CrossAttention(
                heads,
                width,
                new AttentionWeights(new Dropout(dropout).bind(Shape.sequence(width), binder), binder.slot()),
                binder.weight("Wq", start, width, width, width, width),
                binder.bias("bq", Initializer.ZEROS, width),
                binder.weight("W", start, memory, width, memory, 2L * width),
                binder.bias("b", Initializer.ZEROS, 2L * width),
                binder.weight("Wo", start, width, width, width, width),
                binder.bias("bo", Initializer.ZEROS, width),
                binder.slot());
    }

    Keys keys(Decoder.Memory memory, Pass pass) {
        INDArray steps = memory.steps();
        INDArray rows = steps.reshape('c', steps.size(0) * steps.size(1), steps.size(2));
        INDArray projected =
                MatMul.affine(rows, pass.value(weight), pass.value(bias), like(rows, rows.size(0), 2L * width));
        return new Keys(
                rows,
                projected,
                steps.size(0),
                steps.size(1),
                AttentionWeights.padding(memory.mask(), steps.dataType()));
    }

    /** From queries {@code [batch, length, width]} to the same shape. */
    INDArray forward(INDArray x, Keys keys, Pass pass) {
        long length = x.size(1);
        INDArray rows = x.reshape('c', x.size(0) * length, width);
        INDArray queries = MatMul.affine(rows, pass.value(queryWeight), pass.value(queryBias), like(x, rows.shape()));
        INDArray scores = like(x, keys.batch, heads, length, keys.time);
        MatMul.into(scale(), parts(keys, length).of(queries, 0), false, part(keys, 0), true, scores);
        INDArray weights = attention.forward(scores, keys.excluded, pass);
        INDArray joined = like(x, rows.shape());
        MatMul.into(weights, false, part(keys, 1), false, parts(keys, length).of(joined, 0));
        pass.save(trace, new Trace(rows, queries, keys, weights, joined));
        return MatMul.affine(joined, pass.value(outputWeight), pass.value(outputBias), like(x, rows.shape()))
                .reshape('c', x.shape());
    }

    /** {@return the gradients with respect to the queries and the memory} */
    Decoder.Gradients backward(INDArray gradient, Pass pass) {
        Trace t = pass.load(trace);
        long length = gradient.size(1);
        INDArray g = gradient.reshape('c', t.joined.shape());
        MatMul.into(t.joined, true, g, false, pass.gradient(outputWeight));
        Rows.assignSum(g, pass.gradient(outputBias));
        INDArray joined = MatMul.into(g, false, pass.value(outputWeight), true, like(g, g.shape()));
        INDArray results = parts(t.keys, length).of(joined, 0);
        INDArray projected = like(g, t.keys.projected.shape());
        HeadParts steps = parts(t.keys, t.keys.time);
        MatMul.into(t.weights, true, results, false, steps.of(projected, 1));
        INDArray weights = MatMul.into(results, false, part(t.keys, 1), true, like(g, t.weights.shape()));
        INDArray scores = attention.backward(weights, pass);
        INDArray queries = like(g, g.shape());
        MatMul.into(
                scale(),
                scores,
                false,
                part(t.keys, 0),
                false,
                parts(t.keys, length).of(queries, 0));
        MatMul.into(scale(), scores, true, parts(t.keys, length).of(t.queries, 0), false, steps.of(projected, 0));
        INDArray memory = through(projected, t.keys.rows, weight, bias, pass);
        return new Decoder.Gradients(
                through(queries, t.x, queryWeight, queryBias, pass).reshape('c', gradient.shape()),
                memory.reshape('c', t.keys.batch, t.keys.time, memory.size(1)));
    }

    /** Back through {@code x w + b}. */
    private static INDArray through(INDArray gradient, INDArray x, Parameter w, Parameter b, Pass pass) {
        MatMul.into(x, true, gradient, false, pass.gradient(w));
        Rows.assignSum(gradient, pass.gradient(b));
        return MatMul.into(gradient, false, pass.value(w), true, like(x, x.shape()));
    }

    private HeadParts parts(Keys keys, long time) {
        return new HeadParts(keys.batch, time, heads, width / heads);
    }

    private INDArray part(Keys keys, int number) {
        return parts(keys, keys.time).of(keys.projected, number);
    }

    private double scale() {
        return 1 / Math.sqrt((double) width / heads);
    }

    private static INDArray like(INDArray x, long... shape) {
        return Nd4j.createUninitialized(x.dataType(), shape);
    }
}
