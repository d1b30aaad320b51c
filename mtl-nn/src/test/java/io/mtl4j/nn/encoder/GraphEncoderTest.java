package io.mtl4j.nn.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GraphEncoderTest {

    private static INDArray start(GraphEncoder encoder, long seed) {
        Binder binder = Binder.create();
        encoder.bind(Shape.vector(4), binder);
        INDArray[] values = binder.parameters().stream()
                .map(p -> p.start().orElseThrow().values(new Seed(seed)))
                .toArray(INDArray[]::new);
        return Nd4j.concat(0, values);
    }

    @Test
    void parametersStartFromTheModelsSeedAndLeaveTheThreadsGeneratorAlone() {
        GraphEncoder encoder = Encoders.graph(Graphs.dense());
        Nd4j.getRandom().setSeed(17);
        Nd4j.getRandom().nextDouble();
        double expected = Nd4j.getRandom().nextDouble();
        Nd4j.getRandom().setSeed(17);
        Nd4j.getRandom().nextDouble();
        INDArray first = start(encoder, 1);
        assertEquals(expected, Nd4j.getRandom().nextDouble());
        assertEquals(first, start(encoder, 1));
        assertNotEquals(first, start(encoder, 2));
        assertTrue(first.norm2Number().doubleValue() > 0.1);
    }

    @Test
    void drawingInAPassLeavesTheThreadsGeneratorWhereItWas() {
        Nd4j.getRandom().setSeed(17);
        INDArray one = Nd4j.rand(7);
        INDArray expected = Nd4j.rand(7);
        Nd4j.getRandom().setSeed(17);
        assertEquals(one, Nd4j.rand(7));
        INDArray drawn;
        try (ThreadRandom random = new ThreadRandom(5)) {
            drawn = Nd4j.rand(7);
        }
        assertEquals(expected, Nd4j.rand(7));
        try (ThreadRandom random = new ThreadRandom(5)) {
            assertEquals(drawn, Nd4j.rand(7));
        }
    }

    @Test
    void aTrainedGraphIsCutAtAVertexAndKeepsItsValues() {
        ComputationGraph trained = new ComputationGraph(Graphs.classifier());
        trained.init();
        Binder binder = Binder.create();
        Encoders.graph(trained, "features").bind(Shape.vector(4), binder);
        assertEquals(
                List.of("first.W", "first.b", "features.W", "features.b"),
                binder.parameters().stream().map(Parameter::name).toList());
        for (Parameter p : binder.parameters()) {
            INDArray value = trained.getParam(p.name().replace('.', '_'));
            INDArray expected = value.dup('f').reshape('f', new long[] {value.length()});
            assertEquals(expected, p.start().orElseThrow().values(new Seed(0)), p.name());
        }
    }

    @Test
    void weightsDecayAndBiasesAndFrozenParametersDoNot() {
        Binder trained = Binder.create();
        Encoders.graph(Graphs.dense()).bind(Shape.vector(4), trained);
        assertEquals(
                List.of("first.W", "second.W"),
                trained.parameters().stream()
                        .filter(p -> p.penalty().decays())
                        .map(Parameter::name)
                        .toList());
        Binder frozen = Binder.create();
        Encoders.graph(Graphs.dense()).freeze().bind(Shape.vector(4), frozen.dataInput(true));
        assertFalse(frozen.parameters().stream().anyMatch(p -> p.penalty().decays()));
    }

    @Test
    void coefficientsOfTheGraphsOwnConfigurationAreKept() {
        ComputationGraphConfiguration configuration = Graphs.builder()
                .addLayer(
                        "only", new DenseLayer.Builder().nOut(3).l1(0.1).l2(0.2).build(), "in")
                .setOutputs("only")
                .setInputTypes(InputType.feedForward(4))
                .build();
        Binder binder = Binder.create();
        Encoders.graph(configuration).bind(Shape.vector(4), binder);
        assertEquals(
                List.of(new Parameter.Penalty(true, 0.1, 0.2), new Parameter.Penalty(false, 0, 0)),
                binder.parameters().stream().map(Parameter::penalty).toList());
    }

    @Test
    void inputSizesLeftOutAreFilledInFromTheModelsInput() {
        ComputationGraphConfiguration open = Graphs.builder()
                .addLayer("only", Graphs.dense(3), "in")
                .setOutputs("only")
                .build();
        Binder binder = Binder.create();
        assertEquals(
                Shape.vector(3),
                Encoders.graph(open).bind(Shape.image(2, 3, 3), binder).outputShape());
        assertEquals(
                18 * 3 + 3,
                binder.parameters().stream().mapToLong(Parameter::length).sum());
    }

    @Test
    void outputLayersAreRefusedWithTheCure() {
        String message = "graph: its output \"out\" is an output layer with a loss of its own, where the heads of the"
                + " tasks belong; cut before it: Encoders.graph(graph, \"features\")";
        assertEquals(message, messageOf(() -> Encoders.graph(Graphs.classifier())));
        ComputationGraph graph = new ComputationGraph(Graphs.classifier());
        graph.init();
        assertEquals(message, messageOf(() -> Encoders.graph(graph)));
        assertEquals(message, messageOf(() -> Encoders.graph(graph, "out")));
    }

    @Test
    void graphsThatAreNoEncodersAreRefused() {
        assertTrue(messageOf(() -> Encoders.graph(Graphs.dense(), "third"))
                .startsWith("graph: no vertex \"third\"; there are [first, second]"));
        ComputationGraphConfiguration two = Graphs.builder()
                .addInputs("other")
                .addLayer("a", Graphs.dense(2), "in")
                .addLayer("b", Graphs.dense(2), "other")
                .setOutputs("a", "b")
                .setInputTypes(InputType.feedForward(4), InputType.feedForward(4))
                .build();
        assertTrue(messageOf(() -> Encoders.graph(two)).contains("inputs [in, other]"));
        assertEquals("graph", Encoders.graph(two, "a").kind());
        assertTrue(messageOf(() -> Encoders.graph(Graphs.dense()).bind(Shape.vector(5), Binder.create()))
                .startsWith("graph: vertex \"first\" has 25 parameters where the input vector(5) needs 30"));
    }

    @Test
    void aDenseLayerThatMixesStepsAndExamplesIsRefused() {
        ComputationGraphConfiguration mixed = Graphs.builder()
                .addLayer("lstm", new LSTM.Builder().nOut(4).build(), "in")
                .addLayer("fc", Graphs.dense(3), "lstm")
                .setOutputs("fc")
                .setInputTypes(InputType.recurrent(3))
                .build();
        assertTrue(messageOf(() -> Encoders.graph(mixed).bind(Shape.sequence(3), Binder.create()))
                .startsWith("graph: 6 outputs for 2 sequences of 3 steps"));
    }

    @Test
    void aFrozenGraphThatCannotPassGradientsOnIsRefusedWhereItMust() {
        assertTrue(messageOf(
                        () -> Encoders.graph(Graphs.batchNorm()).freeze().bind(Shape.image(2, 4, 4), Binder.create()))
                .startsWith("graph: it is frozen, but something trained stands before it"));
    }

    @Test
    void onlyClassesOfDl4jAreMadeFromJson() {
        String json = Graphs.dense().toJson();
        String bad = json.replace("org.nd4j.linalg.activations.impl.ActivationTanH", "com.example.Gadget");
        assertNotEquals(json, bad);
        assertTrue(messageOf(() -> new GraphEncoder(bad, false, GraphStart.drawn()))
                .startsWith("graph: the configuration names the class com.example.Gadget; only classes of DL4J"));
        String twice = json.replaceFirst("\"@class\"", "\"@class\" : \"java.lang.ProcessBuilder\", \"@class\"");
        assertTrue(messageOf(() -> new GraphEncoder(twice, false, GraphStart.drawn()))
                .contains("java.lang.ProcessBuilder"));
        assertTrue(messageOf(() -> new GraphEncoder("{\"@cl\\u0061ss\": \"a.B\"}", false, GraphStart.drawn()))
                .contains("a.B"));
        assertTrue(messageOf(() -> new GraphEncoder("{\"@class\": [\"a.B\"]}", false, GraphStart.drawn()))
                .contains("names the class null"));
        assertTrue(messageOf(() -> new GraphEncoder("no json", false, GraphStart.drawn()))
                .startsWith("graph: the configuration is not JSON"));
        assertTrue(messageOf(
                        () -> new GraphEncoder("{}", false, GraphStart.drawn()).bind(Shape.vector(4), Binder.create()))
                .startsWith("graph: "));
    }

    @Test
    void survivesJson() throws Exception {
        ComputationGraph trained = new ComputationGraph(Graphs.dense());
        trained.init();
        GraphEncoder encoder = Encoders.graph(trained).freeze();
        ObjectMapper mapper = new ObjectMapper();
        GraphEncoder read = mapper.readValue(mapper.writeValueAsString(encoder), GraphEncoder.class);
        assertEquals(encoder.configuration(), read.configuration());
        assertTrue(read.frozen());
        assertFalse(read.start().isGiven());
    }

    @Test
    void layersAppearInTheSummary() {
        Binder binder = Binder.create();
        Encoders.graph(Graphs.conv()).bind(Shape.image(2, 6, 6), binder);
        assertEquals(
                "pad=image(2, 8, 8) conv=image(3, 6, 6) pool=image(3, 3, 3) conv2=image(2, 3, 3) fc=vector(4)",
                binder.descriptions().stream()
                        .map(d -> d.scope() + "=" + d.output())
                        .collect(Collectors.joining(" ")));
    }

    private static String messageOf(Executable code) {
        return assertThrows(IllegalArgumentException.class, code).getMessage();
    }
}
