package io.mtl4j.nn.layer;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A bound layer with drawn parameters, for tests that look at its numbers. */
public final class LayerRun {

    private final Binder binder = Binder.create();
    private final Layer layer;
    private final INDArray[] values;
    private final INDArray[] gradients;
    private Pass pass;

    /** Binds a layer and draws its parameters with deviation 0.5. */
    public LayerRun(LayerSpec spec, Shape input, DataType type) {
        layer = spec.bind(input, binder);
        RandomGenerator random = GradientCheck.random(3);
        values = binder.parameters().stream()
                .map(p -> GradientCheck.array(random, 0.5, p.shape()).castTo(type))
                .toArray(INDArray[]::new);
        gradients = binder.parameters().stream()
                .map(p -> Nd4j.valueArrayOf(p.shape(), Double.NaN, type))
                .toArray(INDArray[]::new);
    }

    /** The array of the parameter with this name. */
    public INDArray value(String name) {
        return values[index(name)];
    }

    /** The gradient of the parameter with this name, after {@link #backward}. */
    public INDArray gradient(String name) {
        return gradients[index(name)];
    }

    private int index(String name) {
        return binder.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow()
                .index();
    }

    /** What the layer declared. */
    public Binder binder() {
        return binder;
    }

    /** The bound layer. */
    public Layer layer() {
        return layer;
    }

    /** The output without dropout. */
    public INDArray forward(INDArray x, INDArray mask) {
        return forward(x, mask, null);
    }

    /** The output without dropout, of steps with relations. */
    public INDArray forward(INDArray x, INDArray mask, INDArray relations) {
        INDArray[] buffers = binder.buffers().stream()
                .map(b -> Nd4j.valueArrayOf(b.shape(), b.fill(), DataType.DOUBLE))
                .toArray(INDArray[]::new);
        pass = new Pass(values, buffers, binder.slots(), mask, null, false);
        pass.relate(relations);
        return layer.forward(x, pass);
    }

    /** The input's gradient, after {@link #forward}. */
    public INDArray backward(INDArray gradient) {
        pass.collectGradients(gradients);
        return layer.backward(gradient, pass);
    }
}
