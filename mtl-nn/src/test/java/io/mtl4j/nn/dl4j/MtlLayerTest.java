package io.mtl4j.nn.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Embedding;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Lstm;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;

class MtlLayerTest {

    private static final Dense DENSE = new Dense(4, Activation.TANH, Initializer.HE_NORMAL);

    /** A user's own layer, known to nobody. */
    record Own(Dense inner, List<LayerSpec> more) implements LayerSpec {
        @Override
        public Layer bind(Shape input, Binder binder) {
            return Chain.of(inner).then(new Chain(more)).bind(input, binder);
        }
    }

    static final List<MtlLayer> LAYERS = List.of(
            MtlLayer.of(DENSE),
            MtlLayer.of(Chain.of(Conv2d.of(3, 3), DENSE)),
            MtlLayer.of(Encoders.mlp().dense(8).dropout(0.1).dense(4)),
            MtlLayer.of(new Own(DENSE, List.of(DENSE))),
            MtlLayer.builder(new Embedding(3))
                    .input(Shape.tokens(9))
                    .name("words")
                    .updater(new Adam(3))
                    .build(),
            MtlLayer.builder(DENSE).input(Shape.image(2, 3, 4)).l2(0.5).build());

    @ParameterizedTest
    @FieldSource("LAYERS")
    void isTheSameAfterJsonAndYamlAndJavaSerialization(MtlLayer layer) throws Exception {
        var json = NeuralNetConfiguration.mapper();
        assertEquals(
                layer, json.readValue(json.writeValueAsString(layer), org.deeplearning4j.nn.conf.layers.Layer.class));
        var yaml = NeuralNetConfiguration.mapperYaml();
        assertEquals(
                layer, yaml.readValue(yaml.writeValueAsString(layer), org.deeplearning4j.nn.conf.layers.Layer.class));
        assertEquals(layer, javaCopy(layer));
        assertEquals(layer, layer.clone());
        assertEquals(layer.hashCode(), layer.clone().hashCode());
    }

    private static Object javaCopy(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @Test
    void layersThatComputeOtherThingsDiffer() {
        assertNotEquals(MtlLayer.of(DENSE), MtlLayer.of(new Dense(5, Activation.TANH, Initializer.HE_NORMAL)));
        assertNotEquals(
                MtlLayer.of(DENSE),
                MtlLayer.builder(DENSE).input(Shape.vector(3)).build());
    }

    @Test
    void jsonMakesOnlyLayersAndShapes() throws IOException {
        var json = NeuralNetConfiguration.mapper();
        String text = json.writeValueAsString(MtlLayer.of(DENSE)).replace(Dense.class.getName(), "java.util.ArrayList");
        Exception e = assertThrows(
                IOException.class, () -> json.readValue(text, org.deeplearning4j.nn.conf.layers.Layer.class));
        assertTrue(e.getMessage().contains("names the class java.util.ArrayList"), e.getMessage());
    }

    @Test
    void theConfigurationOfAGraphSurvivesJson() {
        ComputationGraph graph = Nets.classifier(
                Nets.defaults(new Adam(0.1)),
                WorkspaceMode.ENABLED,
                InputType.recurrent(3, 7),
                MtlLayer.of(new Lstm(4)),
                MtlLayer.of(new SequencePool(SequencePool.Kind.LAST)));
        ComputationGraphConfiguration read =
                ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson());
        assertEquals(graph.getConfiguration(), read);
        ComputationGraph again = new ComputationGraph(read);
        again.init(graph.params(), true);
        INDArray x = Nets.normal(1, 2, 3, 7);
        assertEquals(graph.outputSingle(x), again.outputSingle(x));
        assertEquals(
                InputType.recurrent(4, 7),
                graph.getConfiguration()
                        .getLayerActivationTypes(InputType.recurrent(3, 7))
                        .get("layer0"));
    }

    @Test
    void aMultiLayerNetworkTakesItWithoutInputTypesToo() {
        MultiLayerConfiguration configuration = Nets.defaults(new NoOp())
                .list()
                .layer(MtlLayer.builder(DENSE).input(Shape.vector(3)).build())
                .layer(MtlLayer.builder(DENSE).input(Shape.vector(4)).build())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        INDArray x = Nets.normal(1, 2, 3);
        INDArray w0 = network.getParam("0_W");
        INDArray w1 = network.getParam("1_W");
        INDArray wanted = org.nd4j.linalg.ops.transforms.Transforms.tanh(
                org.nd4j.linalg.ops.transforms.Transforms.tanh(x.mmul(w0)).mmul(w1));
        assertEquals(0, wanted.distance2(network.output(x)), 1e-12);
        assertTrue(network.summary().contains("36"), "number of parameters in " + network.summary());
    }

    @Test
    void flatPicturesBecomePictures() {
        ComputationGraph graph = Nets.classifier(
                Nets.defaults(new NoOp()),
                WorkspaceMode.ENABLED,
                InputType.convolutional(5, 4, 2),
                MtlLayer.of(Conv2d.of(3, 3)));
        ComputationGraph flat = Nets.classifier(
                Nets.defaults(new NoOp()),
                WorkspaceMode.ENABLED,
                InputType.convolutionalFlat(5, 4, 2),
                MtlLayer.of(Conv2d.of(3, 3)));
        flat.setParams(graph.params());
        INDArray x = Nets.normal(1, 3, 2, 5, 4);
        assertEquals(graph.outputSingle(x), flat.outputSingle(x.reshape('c', 3, 40)));
    }

    @Test
    void sequencesWithFeaturesLastGiveTheSame() {
        ComputationGraph first = lstm(RNNFormat.NCW);
        ComputationGraph last = lstm(RNNFormat.NWC);
        last.setParams(first.params());
        INDArray x = Nets.normal(1, 2, 3, 5);
        INDArray y = forward(first, x);
        INDArray z = forward(last, x.permute(0, 2, 1).dup());
        assertEquals(y, z.permute(0, 2, 1));
        INDArray gradient = Nets.normal(2, 2, 4, 5);
        first.backpropGradient(gradient);
        last.backpropGradient(gradient.permute(0, 2, 1).dup());
        assertEquals(0, first.getFlattenedGradients().distance2(last.getFlattenedGradients()), 1e-12);
    }

    private static INDArray forward(ComputationGraph graph, INDArray x) {
        return graph.feedForward(new INDArray[] {x}, true, false).get("layer0"); // keeps the input for backward
    }

    private static ComputationGraph lstm(RNNFormat format) {
        ComputationGraph graph = new ComputationGraph(Nets.defaults(new NoOp())
                .graphBuilder()
                .addInputs("in")
                .addLayer("layer0", MtlLayer.of(new Lstm(4)), "in")
                .setOutputs("layer0")
                .setInputTypes(InputType.recurrent(3, format))
                .build());
        graph.init();
        return graph;
    }

    @Test
    void paddingChangesNothing() {
        ComputationGraph graph = Nets.classifier(
                Nets.defaults(new NoOp()),
                WorkspaceMode.ENABLED,
                InputType.recurrent(3),
                MtlLayer.of(new Lstm(4)),
                MtlLayer.of(new SequencePool(SequencePool.Kind.MEAN)));
        INDArray x = Nets.normal(1, 2, 3, 5);
        INDArray padded = Nd4j.concat(2, x, Nets.normal(2, 2, 3, 2));
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1, 1, 1, 1, 0, 0}, {1, 1, 1, 1, 1, 0, 0}});
        INDArray y = graph.output(false, new INDArray[] {padded}, new INDArray[] {mask})[0];
        assertEquals(0, graph.outputSingle(x).distance2(y), 1e-12);
    }

    @Test
    void buffersAreParametersThatNoUpdaterChanges() {
        MtlLayer layer = MtlLayer.builder(io.mtl4j.nn.layer.BatchNorm.of(Activation.RELU))
                .input(Shape.vector(3))
                .build();
        layer.setIUpdater(new Adam(1));
        assertEquals(
                List.of("scale", "offset", "mean", "variance"),
                layer.initializer().paramKeys(layer));
        assertEquals(new Adam(1), layer.getUpdaterByParam("scale"));
        assertEquals(new NoOp(), layer.getUpdaterByParam("mean"));
        assertEquals(List.of(), layer.getRegularizationByParam("mean"));
        assertEquals(12, layer.initializer().numParams(layer));
        assertEquals(List.of("scale", "offset"), layer.initializer().biasKeys(layer));
    }

    @Test
    void saysWhatIsWrong() {
        assertMessage("does not know its input; set the input types", () -> {
            ComputationGraphConfiguration noType = Nets.defaults(new NoOp())
                    .graphBuilder()
                    .addInputs("in")
                    .addLayer("dense", MtlLayer.of(DENSE), "in")
                    .setOutputs("dense")
                    .build();
            new ComputationGraph(noType).init();
        });
        assertMessage(
                "activation or initialisation set beside Dense",
                () -> MtlLayer.builder(DENSE)
                        .activation(org.nd4j.linalg.activations.Activation.RELU)
                        .build());
        assertMessage(
                "take vectors, pictures and sequences",
                () -> MtlLayer.of(DENSE)
                        .setNIn(InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 2, 3, 4, 5), true));
        assertMessage(
                "weight noise",
                () -> Nets.classifier(
                        Nets.defaults(new NoOp()).weightNoise(new DropConnect(0.5)),
                        WorkspaceMode.ENABLED,
                        InputType.feedForward(3),
                        MtlLayer.of(DENSE)));
        LayerSpec badName = (input, binder) -> DENSE.bind(input, binder.child("a_b"));
        assertMessage(
                "parameter \"a_b.W\"",
                () -> MtlLayer.builder(badName).input(Shape.vector(3)).build().binding());
        ComputationGraph graph = Nets.classifier(
                Nets.defaults(new NoOp()), WorkspaceMode.ENABLED, InputType.feedForward(3), MtlLayer.of(DENSE));
        assertMessage("array of shape [2, 5]", () -> graph.outputSingle(Nets.normal(1, 2, 5)));
        assertMessage("no parameter \"V\"", () -> graph.getLayer(0).setParam("V", Nets.normal(1, 2)));
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable action) {
        Exception e = assertThrows(RuntimeException.class, action);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
