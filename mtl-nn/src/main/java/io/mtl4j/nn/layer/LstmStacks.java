package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.kernel.Copy;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A stack of LSTMs that reads forwards and one that reads backwards, never mixed: what the body of a bidirectional language
 * model needs (Peters et al., NAACL 2018, section 3.1), because a layer that saw both sides of a word would know it.
 *
 * <pre>
 * h_0 = x    h_1 = lstm_1(h_0)    h_j = h_(j-1) + lstm_j(h_(j-1)) for j above 1    in each direction by itself
 * </pre>
 *
 * <p>Input {@code [batch, time, features]}. The output {@code [batch, time, 2 (layers + 1) features]} has all layers of both
 * directions: {@code x, x, forward h_1, backward h_1, forward h_2, backward h_2, ...}. The LSTMs have as many units as the
 * input has features. Each LSTM's input is dropped out in training, in each direction by itself.
 *
 * @param layers number of LSTMs of a direction, at least 1
 * @param dropout probability of dropping an element of an LSTM's input, at least 0 and below 1
 */
public record LstmStacks(int layers, double dropout) implements LayerSpec {

    /** Checks the values. */
    public LstmStacks {
        Require.copies("LSTM stacks: layers", layers, 1);
        Require.within("LSTM stacks: dropout", dropout, 0, Math.nextDown(1.0));
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Sequence sequence)) {
            throw new IllegalArgumentException(
                    "LSTM stacks: input is " + input + "; it takes a sequence of feature vectors");
        }
        int units = sequence.features();
        return new Bound(
                units,
                layers,
                Shape.sequence(2 * (layers + 1) * units),
                stack(Lstm.Direction.FORWARD, units, binder.child("forward")),
                stack(Lstm.Direction.BACKWARD, units, binder.child("backward")),
                binder.inputNeedsGradient());
    }

    private List<Layer> stack(Lstm.Direction direction, int units, Binder binder) {
        Lstm lstm = new Lstm(units, direction, Lstm.Output.EVERY_STEP, Initializer.GLOROT_UNIFORM);
        Chain layer = Chain.of(new Dropout(dropout), lstm);
        List<Layer> stack = new ArrayList<>();
        for (int j = 0; j < layers; j++) {
            boolean first = j == 0 && !binder.inputNeedsGradient();
            stack.add(layer.bind(
                    Shape.sequence(units), binder.child(String.valueOf(j)).dataInput(first)));
        }
        return List.copyOf(stack);
    }

    private record Bound(
            int units, int layers, Shape outputShape, List<Layer> ahead, List<Layer> back, boolean needsGradient)
            implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray y = Nd4j.createUninitialized(x.dataType(), x.size(0), x.size(1), 2L * (layers + 1) * units);
            forward(ahead, 0, x, y, pass);
            forward(back, 1, x, y, pass);
            return y;
        }

        private void forward(List<Layer> stack, int side, INDArray x, INDArray y, Pass pass) {
            Copy.into(x, part(y, 0, side));
            INDArray h = x;
            for (int j = 0; j < layers; j++) {
                INDArray read = stack.get(j).forward(h, pass);
                h = j == 0 ? read : Sums.of(read, h);
                Copy.into(h, part(y, j + 1, side));
            }
        }

        /** The features of a layer in one direction, a view. */
        private INDArray part(INDArray all, int layer, int side) {
            long from = (2L * layer + side) * units;
            return all.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, from + units));
        }

        private INDArray copy(INDArray all, int layer, int side) {
            INDArray view = part(all, layer, side);
            return Copy.into(view, Nd4j.createUninitialized(all.dataType(), view.shape()));
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray first = backward(ahead, 0, gradient, pass);
            INDArray second = backward(back, 1, gradient, pass);
            return needsGradient ? Sums.of(first, second) : null;
        }

        private INDArray backward(List<Layer> stack, int side, INDArray gradient, Pass pass) {
            INDArray dh = copy(gradient, layers, side);
            for (int j = layers - 1; j >= 0; j--) {
                INDArray below = stack.get(j).backward(dh, pass);
                if (below == null) {
                    return null;
                }
                INDArray passed = j == 0 ? below : Sums.of(below, dh);
                dh = Sums.of(passed, copy(gradient, j, side));
            }
            return dh;
        }
    }
}
