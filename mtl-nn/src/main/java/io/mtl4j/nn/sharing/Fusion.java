package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The features of the first array, beside them those of the others, brought to its places by a {@link Bridge}. */
record Fusion() implements JoinSpec {

    @Override
    public Join bind(List<Shape> inputs, Binder binder) {
        Shape place = inputs.get(0);
        List<Layer> bridges = new ArrayList<>();
        int features = Features.count(place);
        for (int i = 1; i < inputs.size(); i++) {
            int more = Features.count(inputs.get(i));
            bridges.add(
                    Bridge.between(inputs.get(i), place, more, false).bind(inputs.get(i), binder.child("bridge" + i)));
            features += more;
        }
        int[] sizes = inputs.stream().mapToInt(Features::count).toArray();
        Shape output = Features.with(place, features);
        binder.describe("Fusion", output);
        return new Bound(output, List.copyOf(bridges), sizes);
    }

    private record Bound(Shape outputShape, List<Layer> bridges, int[] sizes) implements Join {

        @Override
        public INDArray forward(INDArray[] xs, Pass pass) {
            List<INDArray> parts = new ArrayList<>(List.of(xs[0]));
            IntStream.range(1, xs.length)
                    .mapToObj(i -> ImageLayout.plain(bridges.get(i - 1).forward(xs[i], pass)))
                    .forEach(parts::add);
            return Features.concat(parts);
        }

        @Override
        public INDArray[] backward(INDArray gradient, Pass pass) {
            List<INDArray> parts = Features.split(gradient, sizes);
            INDArray[] back = new INDArray[sizes.length];
            back[0] = parts.get(0);
            for (int i = 1; i < back.length; i++) {
                back[i] = bridges.get(i - 1).backward(parts.get(i), pass);
            }
            return back;
        }
    }
}
