package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Layer normalisation (Ba, Kiros and Hinton, 2016): {@code y = scale (x - mean) / sqrt(variance + epsilon) + offset}, with
 * mean and variance (divided by n) over the features of a vector or of a step; {@code scale} starts at 1, {@code offset} at
 * 0.
 *
 * @param epsilon added to the variance, above 0; 1e-5 is usual
 */
public record LayerNorm(double epsilon) implements LayerSpec {

    /** Checks the value. */
    public LayerNorm {
        Require.positive("layer norm: epsilon", epsilon);
    }

    /** With epsilon 1e-5. */
    public LayerNorm() {
        this(1e-5);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        int features;
        if (input instanceof Shape.Vector vector) {
            features = vector.features();
        } else if (input instanceof Shape.Sequence sequence) {
            features = sequence.features();
        } else {
            throw new IllegalArgumentException(
                    "layer norm: input is " + input + "; it takes vectors or sequences of feature vectors");
        }
        return new Bound(
                input,
                features,
                epsilon,
                binder.bias("scale", Initializer.ONES, features),
                binder.bias("offset", Initializer.ZEROS, features),
                binder.slot(),
                binder.inputNeedsGradient());
    }

    /** What backward needs: the normalised rows and the column {@code 1 / sqrt(variance + epsilon)}. */
    private record Trace(INDArray normal, INDArray inverse) {}

    private record Bound(
            Shape outputShape,
            int features,
            double epsilon,
            Parameter scale,
            Parameter offset,
            Slot<Trace> trace,
            boolean needsGradient)
            implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray rows = x.reshape('c', x.length() / features, features);
            INDArray normal = rows.subColumnVector(means(rows));
            INDArray inverse = means(normal.mul(normal)).addi(epsilon);
            Nd4j.getExecutioner().exec(new RSqrt(inverse, inverse));
            normal.muliColumnVector(inverse);
            pass.save(trace, new Trace(normal, inverse));
            return normal.mulRowVector(pass.value(scale))
                    .addiRowVector(pass.value(offset))
                    .reshape('c', x.shape());
        }

        /** A product with a vector is the fastest way to sum rows. */
        private INDArray means(INDArray rows) {
            DataType type = rows.dataType();
            INDArray weights = Nd4j.valueArrayOf(new long[] {features, 1}, 1.0 / features, type);
            return MatMul.into(rows, false, weights, false, Nd4j.createUninitialized(type, rows.size(0), 1));
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            Trace t = pass.load(trace);
            INDArray g = gradient.reshape('c', t.normal.shape());
            Rows.assignSum(g, pass.gradient(offset));
            Rows.assignSum(g.mul(t.normal), pass.gradient(scale));
            if (!needsGradient) {
                return null;
            }
            INDArray dx = g.mulRowVector(pass.value(scale));
            INDArray shift = means(dx);
            INDArray slope = means(dx.mul(t.normal));
            return dx.subiColumnVector(shift)
                    .subi(t.normal.mulColumnVector(slope))
                    .muliColumnVector(t.inverse)
                    .reshape('c', gradient.shape());
        }
    }
}
