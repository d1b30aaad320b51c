package io.mtl4j.nn.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.GradientCheck;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A graph with two branches, one of which has our layer where the other has DL4J's. Before it stands a layer of DL4J, whose
 * parameters' gradients tell whether the gradient of the input is right.
 */
final class TwinGraph {

    private final StockPair pair;
    private final DataType type;
    private final RandomGenerator random = GradientCheck.random(3);
    private final ComputationGraph graph;

    TwinGraph(StockPair pair, DataType type, WorkspaceMode mode) {
        this.pair = pair;
        this.type = type;
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(type)
                .updater(new Sgd(0.1))
                .trainingWorkspaceMode(mode)
                .inferenceWorkspaceMode(mode)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(pair.type());
        branch(builder, "ours", pair.ours());
        branch(builder, "stock", pair.stock().clone());
        graph = new ComputationGraph(
                builder.setOutputs("ours loss", "stock loss").build());
        graph.init();
        equalize();
    }

    private void branch(GraphBuilder builder, String name, Layer layer) {
        String input = "in";
        if (pair.tokens() == 0) {
            input = name + " before";
            builder.addLayer(input, before(), "in");
        }
        builder.addLayer(name, layer, input);
        builder.addLayer(name + " loss", loss(pair.ours().getOutputType(0, pair.type())), name);
    }

    private Layer before() {
        return switch (pair.type().getType()) {
            case CNN ->
                new ConvolutionLayer.Builder(1, 1)
                        .nOut(((InputTypeConvolutional) pair.type()).getChannels())
                        .dataFormat(Formats.channelsLast(pair.type()) ? CNN2DFormat.NHWC : CNN2DFormat.NCHW)
                        .activation(Activation.TANH)
                        .build();
            case RNN -> new LSTM.Builder().nOut(6).activation(Activation.TANH).build();
            default ->
                new DenseLayer.Builder().nOut(6).activation(Activation.TANH).build();
        };
    }

    private static Layer loss(InputType type) {
        return switch (type.getType()) {
            case CNN ->
                new CnnLossLayer.Builder()
                        .lossFunction(LossFunction.MSE)
                        .format(Formats.channelsLast(type) ? CNN2DFormat.NHWC : CNN2DFormat.NCHW)
                        .activation(Activation.IDENTITY)
                        .build();
            case RNN ->
                new RnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build();
            default ->
                new LossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build();
        };
    }

    /** Draws DL4J's parameters, and gives ours the same. */
    private void equalize() {
        part(graph.paramTable(), "stock").forEach((name, value) -> {
            INDArray drawn = array(value.shape());
            value.assign(name.equals("var") ? drawn.mul(drawn).addi(0.5) : drawn);
        });
        Map<String, INDArray> ours = part(graph.paramTable(), "ours");
        pair.toOurs().apply(part(graph.paramTable(), "stock")).forEach((name, value) -> {
            assertEquals(ours.get(name).length(), value.length(), name);
            ours.get(name).assign(value.reshape(ours.get(name).shape()));
        });
        Map<String, INDArray> before = part(graph.paramTable(), "ours before");
        part(graph.paramTable(), "stock before").forEach((name, value) -> value.assign(before.get(name)));
    }

    /** The entries of a layer, without its name. */
    private static Map<String, INDArray> part(Map<String, INDArray> all, String layer) {
        Map<String, INDArray> part = new HashMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(layer + "_")) {
                part.put(name.substring(layer.length() + 1), value);
            }
        });
        return part;
    }

    /** Whether DL4J's layer has all the parameters that ours has. */
    boolean sameParameters() {
        return part(graph.paramTable(), "ours")
                .keySet()
                .equals(pair.toOurs().apply(part(graph.paramTable(), "stock")).keySet());
    }

    ComputationGraph graph() {
        return graph;
    }

    /** Random numbers, or ids. */
    INDArray input() {
        INDArray x = array(pair.shape());
        for (long i = 0; pair.tokens() > 0 && i < x.length(); i++) {
            x.putScalar(i, random.nextInt(pair.tokens()));
        }
        return x;
    }

    private INDArray array(long... shape) {
        return GradientCheck.array(random, 0.5, shape).castTo(type);
    }

    /** A batch with the same random labels for both branches. */
    MultiDataSet batch(INDArray x, INDArray inputMask) {
        INDArray labels = array(graph.output(x)[0].shape());
        INDArray[] labelMasks = labels.rank() == 3 && inputMask != null ? new INDArray[] {inputMask, inputMask} : null;
        return new MultiDataSet(
                new INDArray[] {x},
                new INDArray[] {labels, labels.dup()},
                inputMask == null ? null : new INDArray[] {inputMask},
                labelMasks);
    }

    /** Runs forward and backward as training does. */
    void computeGradients(MultiDataSet batch) {
        graph.setInputs(batch.getFeatures());
        graph.setLabels(batch.getLabels());
        graph.setLayerMaskArrays(batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays());
        graph.computeGradientAndScore();
    }

    void assertSameGradients(double tolerance) {
        Map<String, INDArray> all = graph.gradient().gradientForVariable();
        assertSame(all, false, tolerance);
    }

    void assertSameParameters(double tolerance) {
        assertSame(graph.paramTable(), true, tolerance);
    }

    private void assertSame(Map<String, INDArray> all, boolean buffers, double tolerance) {
        Map<String, INDArray> ours = part(all, "ours");
        Map<String, INDArray> wanted = pair.toOurs().apply(part(all, "stock"));
        wanted.forEach((name, value) -> {
            if (buffers || ours.containsKey(name)) {
                assertClose(value.reshape(ours.get(name).shape()), ours.get(name), tolerance, name);
            }
        });
        Map<String, INDArray> before = part(all, "ours before");
        part(all, "stock before")
                .forEach((name, value) -> assertClose(value, before.get(name), tolerance, "before " + name));
    }

    static void assertClose(INDArray wanted, INDArray got, double tolerance, String what) {
        assertEquals(wanted.dataType(), got.dataType(), what);
        assertArrayEquals(wanted.shape(), got.shape(), what);
        double scale = Math.max(1, wanted.amaxNumber().doubleValue());
        double worst = wanted.sub(got).amaxNumber().doubleValue();
        assertTrue(worst <= tolerance * scale, what + " differs by " + worst);
    }
}
