package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.BatchNorm;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.MaxPool2d;
import io.mtl4j.nn.layer.Padding;
import io.mtl4j.nn.layer.Resize;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;

/** Layers between stages: a linear map of features, and what brings features of one place to another of another shape. */
final class Bridge {

    private static final int KERNEL = 3;

    private Bridge() {}

    /**
     * A linear map of each vector, step of a sequence or pixel, then f; for pictures with batch normalisation if that is
     * asked for.
     */
    static LayerSpec map(Shape at, int features, Activation activation, boolean batchNorm) {
        if (at instanceof Shape.Image) {
            return convolution(features, 1, activation, batchNorm);
        }
        return new Dense(features, activation, Initializer.GLOROT_UNIFORM);
    }

    private static Chain convolution(int filters, int kernel, Activation activation, boolean batchNorm) {
        Activation inside = batchNorm ? Activation.IDENTITY : activation;
        Chain chain = Chain.of(
                new Conv2d(filters, kernel, 1, 1, Padding.SAME, !batchNorm, inside, Initializer.GLOROT_UNIFORM));
        return batchNorm ? chain.then(BatchNorm.of(activation)) : chain;
    }

    /**
     * From one shape to the places of another, with so many features and ReLU: pictures by a convolution of 3 x 3 and pooling
     * (or bilinear resizing where no pooling fits), sequences to vectors by the mean of the steps, all else by a dense layer.
     *
     * @throws IllegalArgumentException if there is no such way, as from a vector to a sequence
     */
    static LayerSpec between(Shape from, Shape to, int features, boolean batchNorm) {
        if (from instanceof Shape.Image before && to instanceof Shape.Image after) {
            Chain chain = convolution(features, KERNEL, Activation.RELU, batchNorm);
            int factor = before.height() / after.height();
            if (before.height() == after.height() && before.width() == after.width()) {
                return chain;
            }
            boolean even = factor * after.height() == before.height() && factor * after.width() == before.width();
            return chain.then(
                    even
                            ? MaxPool2d.of(factor)
                            : new Resize(after.height(), after.width(), Resize.Interpolation.BILINEAR));
        }
        Dense dense = new Dense(features, Activation.RELU, Initializer.HE_NORMAL);
        if (from instanceof Shape.Sequence && to instanceof Shape.Vector) {
            return Chain.of(new SequencePool(SequencePool.Kind.MEAN), dense);
        }
        if (from.getClass() == to.getClass() || to instanceof Shape.Vector) {
            return Chain.of(dense);
        }
        throw new IllegalArgumentException(
                "features of " + from + " cannot be brought to the places of " + to + "; use stages of one kind");
    }
}
