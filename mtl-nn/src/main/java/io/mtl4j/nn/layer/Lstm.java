package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.Copy;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997, with the forget gate of Gers et al., 2000; no peepholes):
 *
 * <pre>
 * i, f, o = sigmoid(x_t W + h_(t-1) R + b)    g = tanh(x_t W + h_(t-1) R + b)    each with its own columns
 * c_t = f c_(t-1) + i g                       h_t = o tanh(c_t)
 * </pre>
 *
 * <p>Input {@code [batch, time, features]}. States start at 0. Steps that the mask calls padding are skipped, wherever
 * they are: the state passes over them unchanged and their output is 0, so an example gives the same results with padding
 * as without. Forget gates' biases start at 1 (Jozefowicz et al., ICML 2015), the others at 0.
 *
 * <p>Parameters: {@code W [features, 4 units]}, {@code R [units, 4 units]} and {@code b [4 units]}, whose columns are those
 * of i, f, g and o, in this order.
 *
 * @param units number of units of one direction
 * @param direction in which order the steps are read
 * @param output what comes out
 * @param initializer how {@code W} and {@code R} start
 */
public record Lstm(int units, Direction direction, Output output, Initializer initializer) implements LayerSpec {

    /** In which order the steps are read. */
    public enum Direction {
        /** First to last. */
        FORWARD,
        /** Last to first. */
        BACKWARD,
        /** Both, by two networks with weights of their own; the features of {@code FORWARD} come first. */
        BIDIRECTIONAL
    }

    /** What comes out. */
    public enum Output {
        /** The states {@code h} of all steps, {@code [batch, time, features]}. */
        EVERY_STEP,
        /**
         * The state {@code h} after the last step that was read, {@code [batch, features]}: for {@code BACKWARD} that is
         * the first step in time. 0 for an example without real steps.
         */
        FINAL_STATE
    }

    /** Checks the values. */
    public Lstm {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(initializer, "initializer");
        if (units < 1) {
            throw new IllegalArgumentException("lstm: units = " + units + "; it must be at least 1");
        }
    }

    /**
     * Reads forward, gives every step, and starts uniform in {@code ±sqrt(6 / (fanIn + fanOut))}.
     *
     * @param units number of units
     */
    public Lstm(int units) {
        this(units, Direction.FORWARD, Output.EVERY_STEP, Initializer.GLOROT_UNIFORM);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Sequence sequence)) {
            throw new IllegalArgumentException("lstm: input is " + input
                    + "; it takes a sequence of feature vectors, so put an embedding before it if these are tokens");
        }
        int features = sequence.features();
        return switch (direction) {
            case FORWARD -> cell(features, binder, false);
            case BACKWARD -> cell(features, binder, true);
            case BIDIRECTIONAL ->
                new Both(
                        cell(features, binder.child("forward"), false),
                        cell(features, binder.child("backward"), true),
                        outputShape(2 * units),
                        units,
                        binder.inputNeedsGradient());
        };
    }

    private Shape outputShape(int features) {
        return output == Output.FINAL_STATE ? Shape.vector(features) : Shape.sequence(features);
    }

    private Layer cell(int features, Binder binder, boolean reversed) {
        return new LstmCell(
                reversed,
                outputShape(units),
                LstmParameters.bind(features, units, initializer, binder),
                binder.slot(),
                binder.inputNeedsGradient());
    }

    private record Both(Layer forwards, Layer backwards, Shape outputShape, int units, boolean needsGradient)
            implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray first = forwards.forward(x, pass);
            long[] shape = first.shape().clone();
            shape[shape.length - 1] = 2L * units;
            INDArray y = Nd4j.createUninitialized(x.dataType(), shape);
            Copy.into(first, half(y, 0));
            Copy.into(backwards.forward(x, pass), half(y, units));
            return y;
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray first = forwards.backward(half(gradient, 0), pass);
            INDArray second = backwards.backward(half(gradient, units), pass);
            return needsGradient ? first.addi(second) : null;
        }

        private INDArray half(INDArray array, long from) {
            INDArrayIndex features = NDArrayIndex.interval(from, from + units);
            return array.rank() == 2
                    ? array.get(NDArrayIndex.all(), features)
                    : array.get(NDArrayIndex.all(), NDArrayIndex.all(), features);
        }
    }
}
