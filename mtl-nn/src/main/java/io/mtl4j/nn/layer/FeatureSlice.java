package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.kernel.Copy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Some of the features, {@code from .. from + count - 1}: {@code [batch, features]} to {@code [batch, count]}, or {@code
 * [batch, time, features]} to {@code [batch, time, count]}.
 *
 * @param from number of the first feature taken, at least 0
 * @param count how many are taken, at least 1
 */
public record FeatureSlice(int from, int count) implements LayerSpec {

    /** Checks the values. */
    public FeatureSlice {
        Require.atLeast("feature slice: from", from, 0);
        Require.atLeast("feature slice: count", count, 1);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (input instanceof Shape.Vector vector && from + count <= vector.features()) {
            return new Bound(this, Shape.vector(count), vector.features(), binder.inputNeedsGradient());
        }
        if (input instanceof Shape.Sequence sequence && from + count <= sequence.features()) {
            return new Bound(this, Shape.sequence(count), sequence.features(), binder.inputNeedsGradient());
        }
        throw new IllegalArgumentException("feature slice: input is " + input
                + "; it takes a vector or a sequence of at" + " least " + (from + count) + " features");
    }

    private INDArray of(INDArray x) {
        INDArrayIndex part = NDArrayIndex.interval(from, (long) from + count);
        return x.rank() == 2 ? x.get(NDArrayIndex.all(), part) : x.get(NDArrayIndex.all(), NDArrayIndex.all(), part);
    }

    private record Bound(FeatureSlice slice, Shape outputShape, int features, boolean needsGradient) implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray part = slice.of(x);
            return Copy.into(part, Nd4j.createUninitialized(x.dataType(), part.shape()));
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            if (!needsGradient) {
                return null;
            }
            long[] shape = gradient.shape().clone();
            shape[shape.length - 1] = features;
            INDArray dx = Nd4j.zeros(gradient.dataType(), shape);
            Copy.into(gradient, slice.of(dx));
            return dx;
        }
    }
}
