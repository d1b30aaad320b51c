package io.mtl4j.nn.head;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Puts the scores of a linear chain in front of the scores of its tags. To scores e {@code [batch, time, C]} it adds trained
 * scores {@code A(i, j)} of going from tag i to tag j, {@code start(j)} of beginning and {@code end(j)} of ending with tag j. A
 * path of tags y scores {@code start(y_1) + Σ_t e_t(y_t) + Σ_t A(y_{t-1}, y_t) + end(y_T)}.
 *
 * <p>Out come {@code [batch, C + 2 + time, C]}: for each example the C rows of A, start, end, and a row for each step. So a loss
 * is a function of these scores alone, and nothing is kept for each pair of tags at each step. A step of padding is a row of
 * negative infinity (no tag can be there), and the path goes from the last real step before it to the next one behind.
 *
 * <p>A, start and end begin at 0, where each step is by itself; they do not decay, like biases.
 */
public record CrfScores() implements LayerSpec {

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Sequence sequence)) {
            throw new IllegalArgumentException(
                    "crf: input is " + input + "; it takes a score for each tag at each step of a sequence");
        }
        int tags = sequence.features();
        return new Bound(
                tags,
                sequence,
                List.of(
                        binder.bias("A", Initializer.ZEROS, tags, tags),
                        binder.bias("start", Initializer.ZEROS, tags),
                        binder.bias("end", Initializer.ZEROS, tags)),
                binder.inputNeedsGradient());
    }

    /** The trained scores are parameters in the order of their rows. */
    private record Bound(int tags, Shape outputShape, List<Parameter> trained, boolean needsGradient) implements Layer {

        private int front() {
            return (tags + 2) * tags;
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            int batch = (int) x.size(0);
            int steps = (int) x.size(1) * tags;
            LabelMask real = LabelMask.of(pass.mask(), batch, x.size(1));
            double[] e = HeapArray.read(x);
            double[] scores = new double[batch * (front() + steps)];
            double[] first = front(pass);
            for (int example = 0; example < batch; example++) {
                int at = example * (front() + steps);
                System.arraycopy(first, 0, scores, at, front());
                System.arraycopy(e, example * steps, scores, at + front(), steps);
                for (int t = 0; t < x.size(1); t++) {
                    if (!real.at((int) (example * x.size(1) + t))) {
                        int row = at + front() + t * tags;
                        Arrays.fill(scores, row, row + tags, Double.NEGATIVE_INFINITY);
                    }
                }
            }
            return HeapArray.of(scores, x.dataType(), batch, tags + 2 + x.size(1), tags);
        }

        private double[] front(Pass pass) {
            double[] front = new double[front()];
            int at = 0;
            for (Parameter parameter : trained) {
                double[] values = HeapArray.read(pass.value(parameter));
                System.arraycopy(values, 0, front, at, values.length);
                at += values.length;
            }
            return front;
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            int batch = (int) gradient.size(0);
            long time = gradient.size(1) - tags - 2;
            int steps = (int) time * tags;
            double[] g = HeapArray.read(gradient);
            double[] e = new double[batch * steps];
            double[] sums = new double[front()];
            LabelMask real = LabelMask.of(pass.mask(), batch, time);
            for (int example = 0; example < batch; example++) {
                int at = example * (front() + steps);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += g[at + i];
                }
                for (int i = 0; i < steps; i++) {
                    e[example * steps + i] = real.at((example * steps + i) / tags) ? g[at + front() + i] : 0;
                }
            }
            assign(sums, pass);
            return needsGradient ? HeapArray.of(e, gradient.dataType(), batch, time, tags) : null;
        }

        private void assign(double[] sums, Pass pass) {
            int at = 0;
            for (Parameter parameter : trained) {
                INDArray target = pass.gradient(parameter);
                int length = (int) target.length();
                target.assign(HeapArray.like(target, Arrays.copyOfRange(sums, at, at + length)));
                at += length;
            }
        }
    }
}
