package io.mtl4j.examples.benchmark.jmh;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Buffer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer by itself, with parameters, an input and a gradient of its output. */
final class LayerRun {

    private final Layer layer;
    private final int slots;
    private final INDArray[] values;
    private final INDArray[] gradients;
    private final INDArray[] buffers;
    private final INDArray input;
    private final INDArray outputGradient;

    LayerRun(LayerSpec spec, Shape shape, long... dimensions) {
        Binder binder = Binder.create();
        layer = spec.bind(shape, binder);
        slots = binder.slots();
        List<Parameter> parameters = binder.parameters();
        RandomGenerator random = new Seed(5).generator();
        values = parameters.stream().map(p -> start(p, random)).toArray(INDArray[]::new);
        gradients = parameters.stream()
                .map(p -> Nd4j.create(DataType.FLOAT, p.shape()))
                .toArray(INDArray[]::new);
        buffers = binder.buffers().stream().map(LayerRun::start).toArray(INDArray[]::new);
        input = normal(random, dimensions);
        outputGradient = normal(random, forward(pass()).shape());
    }

    private static INDArray start(Parameter parameter, RandomGenerator random) {
        float[] numbers = new float[Math.toIntExact(parameter.length())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) parameter.initializer().draw(random, parameter.fanIn(), parameter.fanOut());
        }
        return Nd4j.createFromArray(numbers).reshape('c', parameter.shape());
    }

    private static INDArray start(Buffer buffer) {
        return Nd4j.valueArrayOf(buffer.shape(), buffer.fill(), DataType.FLOAT);
    }

    private static INDArray normal(RandomGenerator random, long... dimensions) {
        int length = 1;
        for (long dimension : dimensions) {
            length = Math.multiplyExact(length, Math.toIntExact(dimension));
        }
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return Nd4j.createFromArray(numbers).reshape('c', dimensions);
    }

    Pass pass() {
        return new Pass(values, buffers, slots, null, new Seed(6).deviceGenerator(), true);
    }

    INDArray forward(Pass pass) {
        return layer.forward(input, pass);
    }

    /** {@return the gradient with respect to the input} */
    INDArray backward(Pass pass) {
        pass.collectGradients(gradients);
        return layer.backward(outputGradient, pass);
    }

    /** {@return the gradients of the parameters that the last backward pass left} */
    INDArray[] gradients() {
        return gradients;
    }
}
