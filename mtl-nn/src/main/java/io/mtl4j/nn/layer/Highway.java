package io.mtl4j.nn.layer;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A highway layer (Srivastava, Greff and Schmidhuber, "Training Very Deep Networks", NIPS 2015, equation 3), on vectors or on
 * every step of a sequence:
 *
 * <pre>
 * y = T(x) relu(x W + b) + (1 - T(x)) x    T(x) = sigmoid(x W_T + b_T)
 * </pre>
 *
 * <p>The gates' biases {@code b_T} start at -2, so that the layer begins close to the identity.
 *
 * @param initializer how {@code W} and {@code W_T}, both {@code [features, features]}, start
 */
public record Highway(Initializer initializer) implements LayerSpec {

    private static final double CLOSED = -2;

    /** Checks that the initialiser is there. */
    public Highway {
        Objects.requireNonNull(initializer, "initializer");
    }

    /** Starts uniform in {@code ±sqrt(6 / (fanIn + fanOut))}. */
    public Highway() {
        this(Initializer.GLOROT_UNIFORM);
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
                    "highway: input is " + input + "; it takes a vector or a sequence of feature vectors");
        }
        Layer transform = new Dense(features, Activation.RELU, initializer).bind(input, binder.child("transform"));
        Layer gate = new Dense(features, Activation.IDENTITY, initializer).bind(input, binder.child("gate"));
        return new Bound(input, transform, gate, binder.slot(), binder.inputNeedsGradient());
    }

    private record Bound(Shape outputShape, Layer transform, Layer gate, Slot<Trace> trace, boolean needsGradient)
            implements Layer {

        /** What backward needs: {@code relu(x W + b) - x} and the open part of the gates. */
        private record Trace(INDArray difference, INDArray open) {}

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray difference = transform.forward(x, pass).sub(x);
            INDArray open = Activation.SIGMOID.apply(gate.forward(x, pass).add(CLOSED));
            pass.save(trace, new Trace(difference, open));
            return difference.mul(open).addi(x);
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            Trace t = pass.load(trace);
            INDArray carried = gradient.mul(t.open);
            INDArray slope = Activation.SIGMOID.gradient(t.open, gradient.mul(t.difference));
            INDArray first = transform.backward(carried, pass);
            INDArray second = gate.backward(slope, pass);
            return needsGradient ? Sums.of(first, second).addi(gradient).subi(carried) : null;
        }
    }
}
