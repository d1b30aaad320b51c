package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slot;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A soft mask on the features of a stage: {@code m = sigmoid(h(relu(g(z))))}, {@code y = m p}, where p are the stage's
 * features and z is p, beside it the features attended to at the stage before, brought to p's shape.
 *
 * @param reader whose mask it is, for people
 */
record Attention(String reader) implements JoinSpec {

    /** What backward needs: the stage's features and the mask. */
    record Kept(INDArray features, INDArray mask) {}

    @Override
    public Join bind(List<Shape> inputs, Binder binder) {
        Shape shape = inputs.get(0);
        int features = Features.count(shape);
        Binder inside = binder.dataInput(false);
        Optional<Layer> bridge = inputs.size() == 1
                ? Optional.empty()
                : Optional.of(Bridge.between(inputs.get(1), shape, features, true)
                        .bind(inputs.get(1), binder.child("bridge")));
        Shape both = Features.with(shape, features * inputs.size());
        Layer mask = Chain.of(
                        Bridge.map(both, features, Activation.RELU, true),
                        Bridge.map(shape, features, Activation.SIGMOID, true))
                .bind(both, inside.child("mask"));
        return new Bound(reader, shape, bridge, mask, binder.slot());
    }

    private record Bound(String reader, Shape outputShape, Optional<Layer> bridge, Layer mask, Slot<Kept> slot)
            implements Join {

        @Override
        public INDArray forward(INDArray[] xs, Pass pass) {
            INDArray p = xs[0];
            INDArray z = bridge.isEmpty()
                    ? p
                    : Features.concat(List.of(p, ImageLayout.plain(bridge.get().forward(xs[1], pass))));
            INDArray m = ImageLayout.plain(mask.forward(z, pass));
            pass.save(slot, new Kept(p, m));
            return p.mul(m);
        }

        @Override
        public INDArray[] backward(INDArray gradient, Pass pass) {
            Kept kept = pass.load(slot);
            INDArray dz = ImageLayout.plain(mask.backward(gradient.mul(kept.features), pass));
            INDArray direct = gradient.mul(kept.mask);
            if (bridge.isEmpty()) {
                return new INDArray[] {direct.addi(dz)};
            }
            int features = Features.count(outputShape);
            List<INDArray> parts = Features.split(dz, features, features);
            INDArray back = bridge.get().backward(parts.get(1), pass);
            return new INDArray[] {direct.addi(parts.get(0)), back};
        }

        /** The mask's mean over the pixels of pictures and the real steps of sequences. */
        @Override
        public List<SharingChoice> choices(Pass pass) {
            INDArray m = pass.load(slot).mask();
            List<String> sources = IntStream.range(0, Features.count(outputShape))
                    .mapToObj(c -> "feature " + c)
                    .toList();
            return List.of(new SharingChoice(reader, sources, Features.means(m, pass.mask())));
        }
    }
}
