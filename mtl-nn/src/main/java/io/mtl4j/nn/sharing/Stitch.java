package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.MatMul;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Linear combinations of {@link Subspaces}: {@code y_s = Σ_i a_si x_i}, the new subspaces of one reader. It starts with
 * {@code own} on the reader's own subspaces, and what is left to 1 spread evenly over the others.
 *
 * @param reader who reads, for people
 * @param sources the subspaces' names, for people
 * @param from the first of the reader's own subspaces
 * @param count number of them
 * @param own what a subspace starts with of itself
 */
record Stitch(String reader, List<String> sources, int from, int count, double own) implements JoinSpec {

    Stitch {
        sources = List.copyOf(sources);
    }

    @Override
    public Join bind(List<Shape> inputs, Binder binder) {
        int n = sources.size();
        double[] start = new double[count * n];
        for (int i = 0; i < start.length; i++) {
            start[i] = n == 1 ? 1 : i % n == from + i / n ? own : (1 - own) / (n - 1);
        }
        Parameter a = binder.bias("a", seed -> Nd4j.createFromArray(start), count, n);
        binder.describe("Stitch", inputs.get(0));
        return new Bound(this, inputs.get(0), a, binder.slot());
    }

    private record Bound(Stitch spec, Shape outputShape, Parameter a, Slot<INDArray> kept) implements Join {

        /** It reads stacks, which nobody may take for pictures in blocks. */
        @Override
        public boolean takesBlocks() {
            return true;
        }

        @Override
        public INDArray forward(INDArray[] xs, Pass pass) {
            INDArray x = xs[0];
            pass.save(kept, x);
            INDArray rows = Subspaces.matrix(x);
            INDArray y = Nd4j.createUninitialized(x.dataType(), spec.count, rows.size(1));
            MatMul.into(pass.value(a), false, rows, false, y);
            long[] shape = x.slice(0).shape();
            List<INDArray> parts = new ArrayList<>();
            for (int s = 0; s < spec.count; s++) {
                parts.add(y.slice(s).reshape('c', shape));
            }
            return Features.concat(parts);
        }

        @Override
        public INDArray[] backward(INDArray gradient, Pass pass) {
            INDArray x = pass.load(kept);
            INDArray g = Subspaces.matrix(Subspaces.stack(
                    Features.split(ImageLayout.plain(gradient), Subspaces.sizes(outputShape, spec.count))));
            MatMul.into(g, false, Subspaces.matrix(x), true, pass.gradient(a));
            INDArray dx = Nd4j.createUninitialized(x.dataType(), x.size(0), g.size(1));
            return new INDArray[] {
                MatMul.into(pass.value(a), true, g, false, dx).reshape('c', x.shape())
            };
        }

        @Override
        public List<SharingChoice> choices(Pass pass) {
            INDArray weights = pass.value(a);
            return IntStream.range(0, spec.count)
                    .mapToObj(s -> new SharingChoice(
                            spec.count == 1 ? spec.reader : spec.reader + ", subspace " + s,
                            spec.sources,
                            weights.getRow(s, true).dup()))
                    .toList();
        }
    }
}
