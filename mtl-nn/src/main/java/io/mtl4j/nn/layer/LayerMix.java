package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.kernel.Copy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A learned mix of the outputs of several layers that lie one after the other in the features (Peters et al., "Deep
 * Contextualized Word Representations", NAACL 2018, equation 1):
 *
 * <pre>
 * y = γ Σ_j s_j h_j    s = softmax(w)
 * </pre>
 *
 * <p>{@code [batch, layers * features]} to {@code [batch, features]}, or the same at each step of a sequence. {@code w
 * [layers]} starts at 0 and counts as a weight: decay pulls the mix towards the mean of the layers, as the paper's
 * regularisation does. {@code gamma [1]} starts at 1.
 *
 * @param layers number of layers, at least 1
 */
public record LayerMix(int layers) implements LayerSpec {

    /** Checks the value. */
    public LayerMix {
        Require.copies("layer mix: layers", layers, 1);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (input instanceof Shape.Vector vector && vector.features() % layers == 0) {
            return bound(Shape.vector(vector.features() / layers), vector.features() / layers, binder);
        }
        if (input instanceof Shape.Sequence sequence && sequence.features() % layers == 0) {
            return bound(Shape.sequence(sequence.features() / layers), sequence.features() / layers, binder);
        }
        throw new IllegalArgumentException("layer mix: input is " + input + "; it takes a vector or a sequence whose"
                + " features are those of " + layers + " layers, one after the other");
    }

    private Layer bound(Shape output, int features, Binder binder) {
        return new Bound(
                layers,
                features,
                output,
                binder.weight("w", Initializer.ZEROS, layers, 1, layers),
                binder.bias("gamma", Initializer.ONES, 1),
                binder.slot(),
                binder.inputNeedsGradient());
    }

    private record Bound(
            int layers,
            int features,
            Shape outputShape,
            Parameter weight,
            Parameter scale,
            Slot<INDArray> input,
            boolean needsGradient)
            implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            pass.save(input, x);
            double[] s = shares(pass);
            double gamma = pass.value(scale).getDouble(0);
            INDArray y = copy(x, 0).muli(gamma * s[0]);
            for (int j = 1; j < layers; j++) {
                y.addi(copy(x, j).muli(gamma * s[j]));
            }
            return y;
        }

        /** softmax(w). */
        private double[] shares(Pass pass) {
            double[] s = pass.value(weight).dup().data().asDouble();
            double max = Double.NEGATIVE_INFINITY;
            for (double value : s) {
                max = Math.max(max, value);
            }
            double sum = 0;
            for (int j = 0; j < layers; j++) {
                s[j] = Math.exp(s[j] - max);
                sum += s[j];
            }
            for (int j = 0; j < layers; j++) {
                s[j] /= sum;
            }
            return s;
        }

        private INDArray part(INDArray x, int layer) {
            INDArrayIndex those = NDArrayIndex.interval((long) layer * features, (layer + 1L) * features);
            return x.rank() == 2
                    ? x.get(NDArrayIndex.all(), those)
                    : x.get(NDArrayIndex.all(), NDArrayIndex.all(), those);
        }

        private INDArray copy(INDArray x, int layer) {
            INDArray view = part(x, layer);
            return Copy.into(view, Nd4j.createUninitialized(x.dataType(), view.shape()));
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray x = pass.load(input);
            double[] s = shares(pass);
            double gamma = pass.value(scale).getDouble(0);
            double[] inner = new double[layers];
            double mean = 0;
            for (int j = 0; j < layers; j++) {
                inner[j] = copy(x, j).muli(gradient).sumNumber().doubleValue();
                mean += s[j] * inner[j];
            }
            pass.gradient(scale).assign(mean);
            INDArray slopes = pass.gradient(weight);
            for (int j = 0; j < layers; j++) {
                slopes.putScalar(j, gamma * s[j] * (inner[j] - mean));
            }
            if (!needsGradient) {
                return null;
            }
            INDArray dx = Nd4j.createUninitialized(x.dataType(), x.shape());
            for (int j = 0; j < layers; j++) {
                Copy.into(gradient.mul(gamma * s[j]), part(dx, j));
            }
            return dx;
        }
    }
}
