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
 * {@code y = x W} for rows of d features, without a bias: for scores of a softmax, where a bias would add the same to all and
 * so do nothing.
 *
 * @param weight W, {@code [d, d]}
 * @param kept the input, for the way back
 */
record Projection(Parameter weight, Slot<INDArray> kept) implements Layer {

    static Projection bind(int d, Binder scope) {
        return new Projection(scope.weight("W", Initializer.GLOROT_UNIFORM, d, d, d, d), scope.slot());
    }

    @Override
    public Shape outputShape() {
        return Shape.vector((int) weight.shape()[1]);
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        pass.save(kept, x);
        return MatMul.into(x, false, pass.value(weight), false, room(x));
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        INDArray x = pass.load(kept);
        MatMul.into(x, true, gradient, false, pass.gradient(weight));
        return MatMul.into(gradient, false, pass.value(weight), true, room(x));
    }

    private static INDArray room(INDArray like) {
        return Nd4j.createUninitialized(like.dataType(), like.shape());
    }
}
