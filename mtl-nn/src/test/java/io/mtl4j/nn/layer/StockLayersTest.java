package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Our layers compute what Deeplearning4j's own do, forward and backward. */
class StockLayersTest {

    private static final int CHANNELS = 3;
    private static final int HEIGHT = 7;
    private static final int WIDTH = 6;

    private static Arguments pair(
            LayerSpec ours, org.deeplearning4j.nn.conf.layers.Layer stock, Map<String, String> names) {
        return Arguments.of(ours, stock, names);
    }

    private static Arguments convolution(int kernel, int stride, Padding padding, Activation f) {
        return pair(
                new Conv2d(4, kernel, stride, 1, padding, true, f, Initializer.HE_NORMAL),
                new ConvolutionLayer.Builder(kernel, kernel)
                        .nOut(4)
                        .stride(stride, stride)
                        .convolutionMode(mode(padding))
                        .activation(org.nd4j.linalg.activations.Activation.fromString(f.name()))
                        .build(),
                Map.of("W", "W", "b", "b"));
    }

    private static Arguments pooling(LayerSpec ours, PoolingType type, int kernel, int stride, Padding padding) {
        SubsamplingLayer stock = new SubsamplingLayer.Builder(type)
                .kernelSize(kernel, kernel)
                .stride(stride, stride)
                .convolutionMode(mode(padding))
                .build();
        return pair(ours, stock, Map.of());
    }

    private static ConvolutionMode mode(Padding padding) {
        return padding == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }

    static final List<Arguments> PAIRS = List.of(
            convolution(3, 1, Padding.SAME, Activation.RELU),
            convolution(3, 2, Padding.SAME, Activation.TANH),
            convolution(2, 1, Padding.VALID, Activation.IDENTITY),
            convolution(2, 3, Padding.VALID, Activation.SIGMOID),
            pooling(MaxPool2d.of(2), PoolingType.MAX, 2, 2, Padding.VALID),
            pooling(new MaxPool2d(3, 2, Padding.SAME), PoolingType.MAX, 3, 2, Padding.SAME),
            pooling(AvgPool2d.of(2), PoolingType.AVG, 2, 2, Padding.VALID),
            pooling(new AvgPool2d(3, 2, Padding.SAME), PoolingType.AVG, 3, 2, Padding.SAME),
            pair(
                    new Dense(5, Activation.TANH, Initializer.HE_NORMAL),
                    new DenseLayer.Builder()
                            .nOut(5)
                            .activation(org.nd4j.linalg.activations.Activation.TANH)
                            .build(),
                    Map.of("W", "W", "b", "b")),
            pair(
                    new BatchNorm(0.9, 1e-3, Activation.IDENTITY),
                    new BatchNormalization.Builder().decay(0.9).eps(1e-3).build(),
                    Map.of("scale", "gamma", "offset", "beta")));

    @ParameterizedTest
    @FieldSource("PAIRS")
    void inDoublePrecision(LayerSpec ours, org.deeplearning4j.nn.conf.layers.Layer stock, Map<String, String> names) {
        compare(ours, stock, names, DataType.DOUBLE, 1e-9);
    }

    @ParameterizedTest
    @FieldSource("PAIRS")
    void inSinglePrecision(LayerSpec ours, org.deeplearning4j.nn.conf.layers.Layer stock, Map<String, String> names) {
        compare(ours, stock, names, DataType.FLOAT, 1e-4);
    }

    private static void compare(
            LayerSpec spec,
            org.deeplearning4j.nn.conf.layers.Layer stock,
            Map<String, String> names,
            DataType type,
            double tolerance) {
        Binder binder = Binder.create();
        Layer layer = spec.bind(Shape.image(CHANNELS, HEIGHT, WIDTH), binder);
        SinglePass run = new SinglePass(layer, binder, true, type);
        INDArray x = GradientCheck.array(GradientCheck.random(3), 1, 5, CHANNELS, HEIGHT, WIDTH)
                .castTo(type);
        MultiLayerNetwork network = network(stock, type);
        names.forEach((our, their) -> network.getParam("0_" + their)
                .assign(run.value(our).reshape(network.getParam("0_" + their).shape())));
        network.setInput(x.dup());
        INDArray wanted = network.feedForward(true, false).get(1);
        INDArray y = layer.forward(x, run.pass());
        assertClose(wanted, y, tolerance, "output");
        INDArray r = GradientCheck.array(GradientCheck.random(4), 1, y.shape()).castTo(type);
        Pair<Gradient, INDArray> gradient = network.backpropGradient(r.dup(), null);
        assertClose(gradient.getSecond(), layer.backward(r, run.pass()), tolerance, "input gradient");
        names.forEach((our, their) ->
                assertClose(gradient.getFirst().getGradientFor("0_" + their), run.gradient(our), tolerance, our));
    }

    private static MultiLayerNetwork network(org.deeplearning4j.nn.conf.layers.Layer stock, DataType type) {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(type)
                .list()
                .layer(stock.clone())
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, CHANNELS))
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    private static void assertClose(INDArray wanted, INDArray got, double tolerance, String what) {
        assertEquals(wanted.dataType(), got.dataType(), what);
        assertEquals(wanted.length(), got.length(), what);
        INDArray difference = wanted.reshape('c', 1, wanted.length()).sub(got.reshape('c', 1, got.length()));
        double scale = Math.max(1, wanted.amaxNumber().doubleValue());
        double worst = difference.amaxNumber().doubleValue();
        assertTrue(worst <= tolerance * scale, what + " differs by " + worst);
    }
}
