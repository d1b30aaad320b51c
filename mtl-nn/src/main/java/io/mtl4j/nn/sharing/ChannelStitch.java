package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slot;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A linear combination of arrays for each feature or channel c by itself: {@code y_c = Σ_j a_jc x_jc}. It starts with {@code
 * own} for the reader's own array, and what is left to 1 spread evenly over the others.
 *
 * @param reader who reads, for people
 * @param sources the arrays' names, for people
 * @param from the number of the reader's own array
 * @param own what it starts with of that
 */
record ChannelStitch(String reader, List<String> sources, int from, double own) implements JoinSpec {

    ChannelStitch {
        sources = List.copyOf(sources);
    }

    @Override
    public Join bind(List<Shape> inputs, Binder binder) {
        int n = inputs.size();
        int features = Features.count(inputs.get(0));
        double[] start = new double[n * features];
        Arrays.fill(start, n == 1 ? 1 : (1 - own) / (n - 1));
        Arrays.fill(start, from * features, (from + 1) * features, n == 1 ? 1 : own);
        Parameter a = binder.bias("a", seed -> Nd4j.createFromArray(start), n, features);
        binder.describe("ChannelStitch", inputs.get(0));
        return new Bound(this, inputs.get(0), a, binder.slot());
    }

    private record Bound(ChannelStitch spec, Shape outputShape, Parameter a, Slot<INDArray[]> kept) implements Join {

        @Override
        public INDArray forward(INDArray[] xs, Pass pass) {
            pass.save(kept, xs.clone());
            INDArray y = null;
            for (int j = 0; j < xs.length; j++) {
                INDArray part = scaled(xs[j], j, pass);
                y = y == null ? part : y.addi(part);
            }
            return y;
        }

        /** Always as a matrix with a value a row or column: the native broadcasts are slow otherwise. */
        private INDArray scaled(INDArray x, int j, Pass pass) {
            INDArray by = pass.value(a).getRow(j, true);
            INDArray matrix = matrix(x);
            INDArray y = outputShape instanceof Shape.Image
                    ? matrix.mulColumnVector(Nd4j.tile(by, (int) x.size(0), 1).reshape('c', matrix.size(0), 1))
                    : matrix.mulRowVector(by);
            return y.reshape('c', x.shape());
        }

        /** Pictures: a row for each channel of an example. */
        private INDArray matrix(INDArray x) {
            long features = Features.count(outputShape);
            return outputShape instanceof Shape.Image
                    ? x.reshape('c', x.size(0) * features, x.length() / (x.size(0) * features))
                    : x.reshape('c', x.length() / features, features);
        }

        @Override
        public INDArray[] backward(INDArray gradient, Pass pass) {
            INDArray[] xs = pass.load(kept);
            INDArray[] back = new INDArray[xs.length];
            for (int j = 0; j < xs.length; j++) {
                INDArray products = matrix(xs[j].mul(gradient));
                if (outputShape instanceof Shape.Image) {
                    products = products.sum(1).reshape('c', gradient.size(0), gradient.size(1));
                }
                pass.gradient(a).getRow(j).assign(products.sum(0));
                back[j] = scaled(gradient, j, pass);
            }
            return back;
        }

        @Override
        public List<SharingChoice> choices(Pass pass) {
            INDArray means = pass.value(a).mean(1);
            return List.of(new SharingChoice(spec.reader, spec.sources, means.reshape('c', 1, spec.sources.size())));
        }
    }
}
