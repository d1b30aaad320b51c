package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.kernel.LayerNormalization;
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

    /** What backward needs: the rows, and the mean and variance of each as a column. */
    private record Trace(INDArray x, INDArray mean, INDArray variance) {}

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
            Trace t = new Trace(rows, column(rows), column(rows));
            pass.save(trace, t);
            INDArray y = Nd4j.createUninitialized(x.dataType(), x.shape());
            LayerNormalization kernel = kernel(pass);
            if (kernel.serves(rows)) {
                kernel.forward(rows, y, t.mean, t.variance);
                return y;
            }
            means(rows, t.mean);
            INDArray centred = rows.subColumnVector(t.mean);
            means(centred.mul(centred), t.variance);
            return centred.muliColumnVector(inverse(t))
                    .muliRowVector(pass.value(scale))
                    .addiRowVector(pass.value(offset))
                    .reshape('c', x.shape());
        }

        private LayerNormalization kernel(Pass pass) {
            return new LayerNormalization(pass.value(scale), pass.value(offset), epsilon);
        }

        private static INDArray column(INDArray rows) {
            return Nd4j.createUninitialized(rows.dataType(), rows.size(0), 1);
        }

        /** A product with a vector is the fastest way to sum rows. */
        private INDArray means(INDArray rows, INDArray out) {
            INDArray weights = Nd4j.valueArrayOf(new long[] {features, 1}, 1.0 / features, rows.dataType());
            return MatMul.into(rows, false, weights, false, out);
        }

        private INDArray inverse(Trace t) {
            INDArray inverse = t.variance.add(epsilon);
            Nd4j.getExecutioner().exec(new RSqrt(inverse, inverse));
            return inverse;
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            Trace t = pass.load(trace);
            INDArray g = gradient.reshape('c', t.x.shape());
            LayerNormalization kernel = kernel(pass);
            if (kernel.serves(t.x) && kernel.serves(g)) {
                INDArray dx = Nd4j.createUninitialized(g.dataType(), gradient.shape());
                kernel.backward(
                        t.x,
                        t.mean,
                        t.variance,
                        g,
                        new LayerNormalization.Gradients(dx, pass.gradient(scale), pass.gradient(offset)));
                return needsGradient ? dx : null;
            }
            INDArray inverse = inverse(t);
            INDArray normal = t.x.subColumnVector(t.mean).muliColumnVector(inverse);
            Rows.assignSum(g, pass.gradient(offset));
            Rows.assignSum(g.mul(normal), pass.gradient(scale));
            return needsGradient
                    ? throughRows(g.mulRowVector(pass.value(scale)), normal, inverse)
                            .reshape('c', gradient.shape())
                    : null;
        }

        /** From the gradient with respect to the normalised rows, which it overwrites, to that with respect to the input. */
        private INDArray throughRows(INDArray g, INDArray normal, INDArray inverse) {
            INDArray shift = means(g, column(g));
            INDArray slope = means(g.mul(normal), column(g));
            return g.subiColumnVector(shift)
                    .subi(normal.muliColumnVector(slope))
                    .muliColumnVector(inverse);
        }
    }
}
