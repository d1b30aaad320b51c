package io.mtl4j.nn.dl4j;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.ActivationLayer;
import io.mtl4j.nn.layer.AvgPool2d;
import io.mtl4j.nn.layer.BatchNorm;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Embedding;
import io.mtl4j.nn.layer.GlobalPool;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerNorm;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Lstm;
import io.mtl4j.nn.layer.MaxPool2d;
import io.mtl4j.nn.layer.Padding;
import io.mtl4j.nn.layer.SelfAttention;
import io.mtl4j.nn.layer.SequencePool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The layers that DL4J has too. */
final class StockPairs {

    private static final InputType VECTOR = InputType.feedForward(6);
    private static final InputType IMAGE = InputType.convolutional(7, 6, 3);
    private static final InputType DEEP_IMAGE = InputType.convolutional(7, 6, 16); // these may lie in blocks
    private static final InputType IMAGE_LAST = InputType.convolutional(7, 6, 3, CNN2DFormat.NHWC);
    private static final InputType SEQUENCE = InputType.recurrent(6);
    private static final long[] VECTORS = {5, 6};
    private static final long[] IMAGES = {5, 3, 7, 6};
    private static final long[] DEEP_IMAGES = {5, 16, 7, 6};
    private static final long[] IMAGES_LAST = {5, 7, 6, 3};
    private static final long[] SEQUENCES = {4, 6, 5};
    private static final int VOCABULARY = 9;

    private StockPairs() {}

    static final List<StockPair> ALL = List.of(
            dense(),
            convolution("convolution", 3, 1, Padding.SAME, Activation.RELU, IMAGE, IMAGES),
            convolution("convolution, stride 2", 3, 2, Padding.SAME, Activation.TANH, IMAGE, IMAGES),
            convolution("convolution without padding", 2, 3, Padding.VALID, Activation.SIGMOID, IMAGE, IMAGES),
            convolution("convolution NHWC", 3, 2, Padding.SAME, Activation.TANH, IMAGE_LAST, IMAGES_LAST),
            convolution("deep convolution", 3, 1, Padding.SAME, Activation.RELU, DEEP_IMAGE, DEEP_IMAGES),
            pooling("max pooling", MaxPool2d.of(2), PoolingType.MAX, 2, 2, Padding.VALID),
            pooling("max pooling, same", new MaxPool2d(3, 2, Padding.SAME), PoolingType.MAX, 3, 2, Padding.SAME),
            pooling("average pooling", AvgPool2d.of(2), PoolingType.AVG, 2, 2, Padding.VALID),
            pooling("average pooling, same", new AvgPool2d(3, 2, Padding.SAME), PoolingType.AVG, 3, 2, Padding.SAME),
            batchNorm("batch normalisation of pictures", IMAGE, IMAGES),
            batchNorm("batch normalisation of deep pictures", DEEP_IMAGE, DEEP_IMAGES),
            batchNorm("batch normalisation of vectors", VECTOR, VECTORS),
            global("global average", new GlobalPool(GlobalPool.Kind.AVERAGE), PoolingType.AVG, IMAGE, IMAGES),
            global("global maximum", new GlobalPool(GlobalPool.Kind.MAX), PoolingType.MAX, IMAGE, IMAGES),
            global("mean of steps", new SequencePool(SequencePool.Kind.MEAN), PoolingType.AVG, SEQUENCE, SEQUENCES),
            global("maximum of steps", new SequencePool(SequencePool.Kind.MAX), PoolingType.MAX, SEQUENCE, SEQUENCES),
            lstm(),
            embedding(),
            attention(),
            layerNorm(),
            activation(
                    "activation", new ActivationLayer(Activation.SWISH), org.nd4j.linalg.activations.Activation.SWISH),
            activation("dropout of nothing", new Dropout(0), org.nd4j.linalg.activations.Activation.IDENTITY));

    private static UnaryOperator<Map<String, INDArray>> named(Map<String, String> theirsByOurs) {
        return theirs -> {
            Map<String, INDArray> ours = new HashMap<>();
            theirsByOurs.forEach((our, their) -> ours.put(our, theirs.get(their)));
            return ours;
        };
    }

    private static StockPair dense() {
        Layer stock = new DenseLayer.Builder()
                .nOut(4)
                .activation(org.nd4j.linalg.activations.Activation.TANH)
                .build();
        LayerSpec spec = new Dense(4, Activation.TANH, Initializer.HE_NORMAL);
        return new StockPair("dense", spec, stock, VECTOR, 0, named(Map.of("W", "W", "b", "b")), VECTORS);
    }

    private static StockPair convolution(
            String name, int kernel, int stride, Padding padding, Activation f, InputType type, long... shape) {
        Layer stock = new ConvolutionLayer.Builder(kernel, kernel)
                .nOut(type == DEEP_IMAGE ? 32 : 4)
                .stride(stride, stride)
                .convolutionMode(mode(padding))
                .dataFormat(Formats.channelsLast(type) ? CNN2DFormat.NHWC : CNN2DFormat.NCHW)
                .activation(org.nd4j.linalg.activations.Activation.fromString(f.name()))
                .build();
        LayerSpec spec =
                new Conv2d(type == DEEP_IMAGE ? 32 : 4, kernel, stride, 1, padding, true, f, Initializer.HE_NORMAL);
        return new StockPair(name, spec, stock, type, 0, named(Map.of("W", "W", "b", "b")), shape);
    }

    private static ConvolutionMode mode(Padding padding) {
        return padding == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }

    private static StockPair pooling(
            String name, LayerSpec spec, PoolingType type, int kernel, int stride, Padding padding) {
        Layer stock = new SubsamplingLayer.Builder(type)
                .kernelSize(kernel, kernel)
                .stride(stride, stride)
                .convolutionMode(mode(padding))
                .build();
        return new StockPair(name, spec, stock, IMAGE, 0, named(Map.of()), IMAGES);
    }

    private static StockPair batchNorm(String name, InputType type, long... shape) {
        Layer stock = new BatchNormalization.Builder()
                .decay(0.8)
                .eps(1e-3)
                .useLogStd(false)
                .build();
        Map<String, String> names = Map.of("scale", "gamma", "offset", "beta", "mean", "mean", "variance", "var");
        LayerSpec spec = new BatchNorm(0.8, 1e-3, Activation.IDENTITY);
        return new StockPair(name, spec, stock, type, 0, named(names), shape);
    }

    private static StockPair global(String name, LayerSpec spec, PoolingType kind, InputType type, long... shape) {
        return new StockPair(name, spec, new GlobalPoolingLayer(kind), type, 0, named(Map.of()), shape);
    }

    private static StockPair lstm() {
        LSTM stock = new LSTM.Builder()
                .nOut(4)
                .activation(org.nd4j.linalg.activations.Activation.TANH)
                .gateActivationFunction(org.nd4j.linalg.activations.Activation.SIGMOID)
                .build();
        return new StockPair("LSTM", new Lstm(4), stock, SEQUENCE, 0, LstmColumns::toOurs, SEQUENCES);
    }

    private static StockPair embedding() {
        Layer stock = new EmbeddingSequenceLayer.Builder()
                .nIn(VOCABULARY)
                .nOut(4)
                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                .build();
        return new StockPair(
                "embedding",
                new Embedding(4),
                stock,
                InputType.recurrent(VOCABULARY),
                VOCABULARY,
                named(Map.of("W", "W")),
                4,
                1,
                5);
    }

    private static StockPair attention() {
        Layer stock = new SelfAttentionLayer.Builder()
                .nOut(6)
                .nHeads(2)
                .projectInput(true)
                .build();
        UnaryOperator<Map<String, INDArray>> toOurs = theirs -> Map.of(
                "W", Nd4j.concat(1, heads(theirs.get("Wq")), heads(theirs.get("Wk")), heads(theirs.get("Wv"))),
                "Wo", theirs.get("Wo"));
        LayerSpec spec = new SelfAttention(2, 0, Initializer.GLOROT_UNIFORM);
        return new StockPair("self-attention", spec, stock, SEQUENCE, 0, toOurs, SEQUENCES);
    }

    /** From {@code [heads, size, features]} to {@code [features, heads * size]}. */
    private static INDArray heads(INDArray theirs) {
        return theirs.permute(2, 0, 1).dup('c').reshape('c', theirs.size(2), theirs.size(0) * theirs.size(1));
    }

    /** DL4J normalises only inside a dense layer, without an epsilon. */
    private static StockPair layerNorm() {
        Layer stock = new DenseLayer.Builder()
                .nOut(4)
                .hasLayerNorm(true)
                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                .build();
        LayerSpec spec =
                Chain.of(new Dense(4, Activation.IDENTITY, Initializer.HE_NORMAL), new LayerNorm(Double.MIN_NORMAL));
        Map<String, String> names = Map.of("0.W", "W", "1.scale", "g", "1.offset", "b");
        return new StockPair("layer normalisation", spec, stock, VECTOR, 0, named(names), VECTORS);
    }

    private static StockPair activation(String name, LayerSpec spec, org.nd4j.linalg.activations.Activation f) {
        Layer stock = new org.deeplearning4j.nn.conf.layers.ActivationLayer.Builder()
                .activation(f)
                .build();
        return new StockPair(name, spec, stock, VECTOR, 0, named(Map.of()), VECTORS);
    }
}
