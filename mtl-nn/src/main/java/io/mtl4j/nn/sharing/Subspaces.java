package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The subspaces of several arrays of one shape, one after the other in memory: {@code [arrays * subspaces, batch, ...]}. Each
 * has an equal share of the features, in order.
 *
 * @param count subspaces of an array
 */
record Subspaces(int count) implements JoinSpec {

    @Override
    public Join bind(List<Shape> inputs, Binder binder) {
        return new Bound(inputs.get(0), count, sizes(inputs.get(0), count));
    }

    static int[] sizes(Shape shape, int count) {
        int features = Features.count(shape);
        if (features % count != 0) {
            throw new IllegalArgumentException("sluice: subspaces = " + count + " for a stage that gives " + shape
                    + "; choose a number that divides its " + features + " features");
        }
        int[] sizes = new int[count];
        Arrays.fill(sizes, features / count);
        return sizes;
    }

    /** Parts of one shape as one array. */
    static INDArray stack(List<INDArray> parts) {
        long[] one = parts.get(0).shape();
        long[] all = new long[one.length + 1];
        all[0] = parts.size();
        System.arraycopy(one, 0, all, 1, one.length);
        return Stack.of(parts).reshape('c', all);
    }

    static INDArray matrix(INDArray stack) {
        return stack.reshape('c', stack.size(0), stack.length() / stack.size(0));
    }

    private record Bound(Shape outputShape, int count, int[] sizes) implements Join {

        /** Stacks of plain pictures have as many dimensions as pictures in blocks, and nobody may take them for those. */
        @Override
        public boolean takesBlocks() {
            return true;
        }

        @Override
        public INDArray forward(INDArray[] xs, Pass pass) {
            List<INDArray> parts = new ArrayList<>();
            for (INDArray x : xs) {
                parts.addAll(Features.split(ImageLayout.plain(x), sizes));
            }
            return stack(parts);
        }

        @Override
        public INDArray[] backward(INDArray gradient, Pass pass) {
            INDArray[] gradients = new INDArray[(int) gradient.size(0) / count];
            for (int i = 0; i < gradients.length; i++) {
                List<INDArray> parts = new ArrayList<>();
                for (int s = 0; s < count; s++) {
                    parts.add(gradient.slice((long) i * count + s));
                }
                gradients[i] = Features.concat(parts);
            }
            return gradients;
        }
    }
}
