package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pictures of another size: {@code Y = R X Cᵀ} for each channel X, with a matrix R of weights for rows and C for columns.
 * Pixels are taken as squares, so output pixel i of n lies at {@code (i + 1/2) size / n - 1/2} of the input; there is no
 * smoothing before making a picture smaller.
 *
 * @param height rows afterwards
 * @param width columns afterwards
 * @param interpolation how pixels between the input's are found
 */
public record Resize(int height, int width, Interpolation interpolation) implements LayerSpec {

    /** How pixels between the input's are found. */
    public enum Interpolation {
        /** The input's pixel in whose square the middle of the output's lies. */
        NEAREST,
        /** Linear between the two neighbours along each axis; the edge's pixel beyond the edge. */
        BILINEAR
    }

    /** Checks the values. */
    public Resize {
        Require.atLeast("resize: height", height, 1);
        Require.atLeast("resize: width", width, 1);
        Objects.requireNonNull(interpolation, "interpolation");
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Image image)) {
            throw new IllegalArgumentException("resize: input is " + input + "; it takes pictures");
        }
        return new Bound(
                Shape.image(image.channels(), height, width),
                weights(image.height(), height),
                weights(image.width(), width),
                binder.inputNeedsGradient());
    }

    /** The weights {@code [to, from]} of the input's pixels in the output's along one axis. */
    private double[][] weights(int from, int to) {
        double[][] weights = new double[to][from];
        for (int i = 0; i < to; i++) {
            double middle = (i + 0.5) * from / to;
            if (interpolation == Interpolation.NEAREST) {
                weights[i][Math.min(from - 1, (int) middle)] = 1;
            } else {
                double at = Math.min(from - 1, Math.max(0, middle - 0.5));
                int below = (int) at;
                weights[i][below] += 1 - (at - below);
                weights[i][Math.min(from - 1, below + 1)] += at - below;
            }
        }
        return weights;
    }

    private record Bound(Shape.Image outputShape, double[][] rows, double[][] columns, boolean needsGradient)
            implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            return apply(x, false);
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            return needsGradient ? apply(gradient, true) : null;
        }

        private INDArray apply(INDArray x, boolean transposed) {
            return alongLast(alongLast(x, columns, transposed), rows, transposed);
        }

        /** Multiplies the last axis and swaps the last two, so that twice does both axes. */
        private static INDArray alongLast(INDArray x, double[][] weights, boolean transposed) {
            INDArray w = Nd4j.create(weights).castTo(x.dataType());
            INDArray lines = x.reshape('c', x.length() / x.size(3), x.size(3));
            INDArray y = Nd4j.createUninitialized(x.dataType(), lines.size(0), w.size(transposed ? 1 : 0));
            MatMul.into(lines, false, w, !transposed, y);
            return y.reshape('c', x.size(0), x.size(1), x.size(2), y.size(1))
                    .permute(0, 1, 3, 2)
                    .dup('c');
        }
    }
}
