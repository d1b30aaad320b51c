package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A bound layer with random parameters, double unless told otherwise, and one pass, for tests that look at values. */
final class SinglePass {

    private final Layer layer;
    private final Binder binder;
    private final INDArray[] values;
    private final INDArray[] gradients;
    private final INDArray[] buffers;
    private final Pass pass;

    SinglePass(LayerSpec spec, Shape input, boolean training) {
        this(Binder.create(), spec, input, training);
    }

    private SinglePass(Binder binder, LayerSpec spec, Shape input, boolean training) {
        this(spec.bind(input, binder), binder, training);
    }

    SinglePass(Layer layer, Binder binder, boolean training) {
        this(layer, binder, training, DataType.DOUBLE);
    }

    SinglePass(Layer layer, Binder binder, boolean training, DataType type) {
        this.layer = layer;
        this.binder = binder;
        var random = GradientCheck.random(7);
        values = binder.parameters().stream()
                .map(p -> GradientCheck.array(random, 0.5, p.shape()).castTo(type))
                .toArray(INDArray[]::new);
        gradients = binder.parameters().stream()
                .map(p -> Nd4j.valueArrayOf(p.shape(), Double.NaN, type))
                .toArray(INDArray[]::new);
        buffers = binder.buffers().stream()
                .map(b -> Nd4j.valueArrayOf(b.shape(), b.fill(), type))
                .toArray(INDArray[]::new);
        pass = pass(training, 5);
    }

    /** Another pass with the same arrays. */
    Pass pass(boolean training, int seed) {
        Pass made = new Pass(
                values,
                buffers,
                binder.slots(),
                null,
                training ? Nd4j.getRandomFactory().getNewRandomInstance(seed) : null,
                training);
        made.collectGradients(gradients);
        return made;
    }

    Layer layer() {
        return layer;
    }

    Pass pass() {
        return pass;
    }

    INDArray value(String name) {
        return binder.parameters().stream()
                .filter(p -> p.name().equals(name))
                .map(p -> values[p.index()])
                .findFirst()
                .orElseThrow();
    }

    INDArray gradient(String name) {
        return binder.parameters().stream()
                .filter(p -> p.name().equals(name))
                .map(p -> gradients[p.index()])
                .findFirst()
                .orElseThrow();
    }

    INDArray buffer(String name) {
        return binder.buffers().stream()
                .filter(b -> b.name().equals(name))
                .map(b -> buffers[b.index()])
                .findFirst()
                .orElseThrow();
    }
}
