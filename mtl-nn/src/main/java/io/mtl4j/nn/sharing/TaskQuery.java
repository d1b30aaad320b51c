package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.MatMul;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slot;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A task's learned query over the positions of a sequence {@code [batch, time, d]} or of pictures {@code [batch, d, height,
 * width]}; what it computes is said at {@link TaskAttention}.
 *
 * @param outputShape d features
 * @param heads h
 * @param query u, {@code [d, h]}
 * @param values V, {@code [h, d, d / h]}
 * @param bias b, {@code [d]}
 * @param kept for the way back
 */
record TaskQuery(
        Shape outputShape, int heads, Parameter query, Parameter values, Parameter bias, Slot<TaskQuery.Trace> kept)
        implements Layer {

    /** Makes the weight of padding exactly 0, and equal weights where all is padding; finite in single precision. */
    private static final double EXCLUDED = -1e9;

    /** The input's shape; by position {@code [batch, time, d]}; weights {@code [batch, h, time]}; what they gather {@code [h, batch, d]}. */
    record Trace(long[] shape, INDArray x, INDArray weights, INDArray gathered) {}

    static TaskQuery bind(int d, int heads, Binder binder) {
        return new TaskQuery(
                Shape.vector(d),
                heads,
                binder.weight("u", Initializer.GLOROT_UNIFORM, d, heads, d, heads),
                binder.weight("V", Initializer.GLOROT_UNIFORM, d, d, heads, d, d / heads),
                binder.bias("b", Initializer.ZEROS, d),
                binder.slot());
    }

    private static INDArray room(INDArray like, long... shape) {
        return Nd4j.createUninitialized(like.dataType(), shape);
    }

    @Override
    public INDArray forward(INDArray given, Pass pass) {
        INDArray x = Positions.of(given);
        long batch = x.size(0);
        long time = x.size(1);
        long d = x.size(2);
        INDArray scores = MatMul.into(Positions.rows(x), false, pass.value(query), false, room(x, batch * time, heads));
        INDArray weights =
                scores.reshape('c', batch, time, heads).permute(0, 2, 1).dup('c');
        if (given.rank() == 3 && pass.mask() != null) {
            INDArray padding = pass.mask().castTo(x.dataType()).rsub(1).muli(EXCLUDED);
            weights.addi(padding.reshape('c', batch, 1, time).broadcast(weights.shape()));
        }
        Stack.softmax(weights);
        INDArray gathered = room(x, heads, batch, d);
        MatMul.into(weights, false, x, false, gathered.permute(1, 0, 2));
        pass.save(kept, new Trace(given.shape(), x, weights, gathered));
        INDArray joined = MatMul.into(gathered, false, pass.value(values), false, room(x, heads, batch, d / heads));
        return joined.permute(1, 0, 2).dup('c').reshape('c', batch, d).addiRowVector(pass.value(bias));
    }

    /** The weights of a forward pass {@code [batch, heads, positions]}; null where it did not run. */
    INDArray weights(Pass pass) {
        Trace trace = pass.load(kept);
        return trace == null ? null : trace.weights;
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        Trace t = pass.load(kept);
        long batch = t.x.size(0);
        long d = t.x.size(2);
        pass.gradient(bias).assign(gradient.sum(0));
        INDArray joined =
                gradient.reshape('c', batch, heads, d / heads).permute(1, 0, 2).dup('c');
        MatMul.into(t.gathered, true, joined, false, pass.gradient(values));
        INDArray gathered = MatMul.into(joined, false, pass.value(values), true, room(t.x, heads, batch, d));
        INDArray byExample = gathered.permute(1, 0, 2);
        INDArray weights = MatMul.into(byExample, false, t.x, true, room(t.x, t.weights.shape()));
        INDArray scores = Positions.rows(
                Stack.softmaxGradient(t.weights, weights).permute(0, 2, 1).dup('c'));
        MatMul.into(Positions.rows(t.x), true, scores, false, pass.gradient(query));
        INDArray dx = MatMul.into(t.weights, true, byExample, false, room(t.x, t.x.shape()));
        Positions.rows(dx)
                .addi(MatMul.into(
                        scores,
                        false,
                        pass.value(query),
                        true,
                        room(t.x, Positions.rows(t.x).shape())));
        return Positions.into(t.shape, dx);
    }
}
