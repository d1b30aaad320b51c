package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.ImageLayout;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers one after the other. An empty chain is the identity.
 *
 * @param layers the layers, first to last
 */
public record Chain(List<LayerSpec> layers) implements LayerSpec {

    /** Copies the list. */
    public Chain {
        layers = List.copyOf(layers);
    }

    /**
     * {@return a chain}
     *
     * @param layers the layers, first to last
     */
    public static Chain of(LayerSpec... layers) {
        return new Chain(List.of(layers));
    }

    /**
     * {@return this chain with one more layer at its end}
     *
     * @param layer the layer
     */
    public Chain then(LayerSpec layer) {
        List<LayerSpec> more = new ArrayList<>(layers);
        more.add(layer);
        return new Chain(more);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        List<Layer> bound = new ArrayList<>();
        Shape shape = input;
        boolean needsGradient = binder.inputNeedsGradient();
        for (int i = 0; i < layers.size(); i++) {
            long before = binder.trainedParameters();
            LayerSpec spec = layers.get(i);
            Binder child = binder.child(String.valueOf(i)).dataInput(!needsGradient);
            Layer layer = spec.bind(shape, child);
            needsGradient |= binder.trainedParameters() > before || binder.hasActivationPenalties();
            shape = layer.outputShape();
            child.describe(spec.getClass().getSimpleName(), shape);
            bound.add(layer);
        }
        return new Bound(List.copyOf(bound), shape);
    }

    private record Bound(List<Layer> layers, Shape outputShape) implements Layer {

        @Override
        public boolean takesBlocks() {
            return true;
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray y = x;
            for (Layer layer : layers) {
                y = layer.forward(layer.takesBlocks() ? y : ImageLayout.plain(y), pass);
            }
            return y;
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray g = gradient;
            for (int i = layers.size() - 1; i >= 0 && g != null; i--) {
                Layer layer = layers.get(i);
                g = layer.backward(layer.takesBlocks() ? g : ImageLayout.plain(g), pass);
            }
            return g;
        }
    }
}
