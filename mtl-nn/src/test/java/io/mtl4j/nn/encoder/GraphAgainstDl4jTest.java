package io.mtl4j.nn.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Buffer;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph as encoder computes what DL4J computes with the same graph. */
class GraphAgainstDl4jTest {

    /** Without DL4J's workspaces, which its batch normalisation leaves too early when errors come from outside. */
    private static ComputationGraph graph(ComputationGraphConfiguration configuration) {
        configuration.setTrainingWorkspaceMode(WorkspaceMode.NONE);
        configuration.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return graph;
    }

    /** Outputs and gradients of both, with our arrays permuted as DL4J wants them. */
    private static void compare(ComputationGraph graph, Shape input, INDArray x, int[] in, int[] out) {
        Binder binder = Binder.create();
        Layer layer = Encoders.graph(graph).bind(input, binder);
        INDArray[] values = arrays(binder, new Seed(1));
        INDArray[] gradients = arrays(binder, new Seed(1));
        Pass pass = new Pass(values, buffers(binder), binder.slots(), null, new Seed(2).deviceGenerator(), true);
        INDArray given = in.length == 0 ? x : x.permute(in).dup('c');
        INDArray expected = graph.feedForward(new INDArray[] {given}, true, false)
                .get(graph.getConfiguration().getNetworkOutputs().get(0));
        INDArray epsilon = GradientCheck.array(GradientCheck.random(8), 1, expected.shape());
        Gradient expectedGradient = graph.backpropGradient(epsilon.dup());
        try (MemoryWorkspace arena = Arena.open("TEST")) {
            INDArray y = layer.forward(x, pass);
            close(out.length == 0 ? expected : expected.permute(out), y, "output");
            pass.collectGradients(gradients);
            INDArray ours =
                    out.length == 0 ? epsilon.dup() : epsilon.permute(out).dup('c');
            layer.backward(ours, pass);
            layer.backward(ours, pass);
        }
        for (Parameter p : binder.parameters()) {
            String key = p.name().replace('.', '_');
            INDArray wanted = expectedGradient.getGradientFor(key);
            close(flat(wanted), gradients[p.index()], p.name());
        }
    }

    /** DL4J's own order of a parameter's elements: that of its strides. */
    private static INDArray flat(INDArray array) {
        return array.dup(array.ordering()).data().length() == array.length()
                ? Nd4j.createFromArray(array.dup(array.ordering()).data().asDouble())
                : array.ravel(array.ordering());
    }

    private static void close(INDArray expected, INDArray actual, String what) {
        assertArrayEquals(expected.shape(), actual.shape(), what);
        assertEquals(0, expected.sub(actual).norm2Number().doubleValue(), 1e-13, what);
    }

    /** One flat vector, as in a model, so that nothing is copied. */
    private static INDArray[] arrays(Binder binder, Seed seed) {
        long length = binder.parameters().stream().mapToLong(Parameter::length).sum();
        INDArray flat = Nd4j.create(DataType.DOUBLE, length);
        INDArray[] views = new INDArray[binder.parameters().size()];
        long at = 0;
        for (Parameter p : binder.parameters()) {
            views[p.index()] = GraphVectors.part(flat, at, p.length());
            views[p.index()].assign(p.start().orElseThrow().values(seed));
            at += p.length();
        }
        return views;
    }

    private static INDArray[] buffers(Binder binder) {
        return binder.buffers().stream()
                .map(b -> b.start().orElseThrow().values(new Seed(1)).dup())
                .toArray(INDArray[]::new);
    }

    private static INDArray x(long... shape) {
        return GradientCheck.array(GradientCheck.random(11), 1, shape);
    }

    @Test
    void denseAndBranchingGraphsGiveTheSameOutputsAndGradients() {
        compare(graph(Graphs.dense()), Shape.vector(4), x(5, 4), new int[0], new int[0]);
        compare(graph(Graphs.branches()), Shape.vector(4), x(5, 4), new int[0], new int[0]);
    }

    @Test
    void convolutionalGraphsGiveTheSameOutputsAndGradients() {
        compare(graph(Graphs.conv()), Shape.image(2, 6, 6), x(3, 2, 6, 6), new int[0], new int[0]);
        compare(graph(Graphs.batchNorm()), Shape.image(2, 4, 4), x(3, 2, 4, 4), new int[0], new int[0]);
    }

    @Test
    void recurrentGraphsGiveTheSameOutputsAndGradients() {
        int[] swap = {0, 2, 1};
        compare(graph(Graphs.lstm()), Shape.sequence(3), x(2, 5, 3), swap, swap);
        compare(graph(Graphs.lastStep()), Shape.sequence(3), x(2, 5, 3), swap, new int[0]);
    }

    @Test
    void runningStatisticsMoveOnceAStepAsDl4jWouldMoveThem() {
        ComputationGraph graph = graph(Graphs.batchNorm());
        Binder binder = Binder.create();
        Layer layer = Encoders.graph(graph).bind(Shape.image(2, 4, 4), binder);
        INDArray[] buffers = buffers(binder);
        INDArray x = x(3, 2, 4, 4);
        graph.feedForward(new INDArray[] {x}, true, false);
        INDArray epsilon = x(3, 4);
        Gradient expected = graph.backpropGradient(epsilon.dup());
        Pass pass = new Pass(
                arrays(binder, new Seed(1)), buffers, binder.slots(), null, new Seed(2).deviceGenerator(), true);
        pass.collectGradients(arrays(binder, new Seed(1)));
        layer.forward(x, pass);
        layer.backward(epsilon, pass);
        layer.backward(epsilon, pass);
        assertEquals(
                List.of("bn.mean", "bn.log10stdev"),
                binder.buffers().stream().map(Buffer::name).toList());
        for (Buffer buffer : binder.buffers()) {
            INDArray before = graph.getParam(buffer.name().replace('.', '_'));
            INDArray move = expected.getGradientFor(buffer.name().replace('.', '_'));
            close(before.sub(move).reshape(buffer.shape()), buffers[buffer.index()], buffer.name());
            assertEquals(true, move.norm2Number().doubleValue() > 1e-3, "nothing moved");
        }
    }

    @Test
    void picturesStayChannelsFirstOutsideOfAGraphThatHasThemLast() {
        ComputationGraphConfiguration last = Graphs.builder()
                .addLayer(
                        "conv",
                        new ConvolutionLayer.Builder(3, 3)
                                .nOut(3)
                                .dataFormat(CNN2DFormat.NHWC)
                                .build(),
                        "in")
                .setOutputs("conv")
                .setInputTypes(InputType.convolutional(5, 5, 2, CNN2DFormat.NHWC))
                .build();
        compare(graph(last), Shape.image(2, 5, 5), x(3, 2, 5, 5), new int[] {0, 2, 3, 1}, new int[] {0, 3, 1, 2});
    }

    static Stream<org.deeplearning4j.nn.conf.layers.Layer> fixedLayers() {
        return Stream.of(new FrozenLayer(Graphs.dense(5)), new FrozenLayerWithBackprop(Graphs.dense(5)));
    }

    @ParameterizedTest
    @MethodSource("fixedLayers")
    void layersThatDl4jFrozeGetNoGradientAndDoNotDecay(org.deeplearning4j.nn.conf.layers.Layer fixed) {
        ComputationGraphConfiguration half = Graphs.builder()
                .addLayer("first", fixed, "in")
                .addLayer("second", Graphs.dense(3), "first")
                .setOutputs("second")
                .setInputTypes(InputType.feedForward(4))
                .build();
        Binder binder = Binder.create();
        Layer layer = Encoders.graph(graph(half)).bind(Shape.vector(4), binder.dataInput(true));
        INDArray[] gradients = arrays(binder, new Seed(1));
        Pass pass = new Pass(
                arrays(binder, new Seed(1)),
                buffers(binder),
                binder.slots(),
                null,
                new Seed(2).deviceGenerator(),
                true);
        pass.collectGradients(gradients);
        layer.forward(x(5, 4), pass);
        layer.backward(x(5, 3), pass);
        for (Parameter p : binder.parameters()) {
            boolean frozen = p.name().startsWith("first");
            assertEquals(frozen, gradients[p.index()].norm2Number().doubleValue() == 0, p.name());
            assertEquals(p.name().equals("second.W"), p.penalty().decays(), p.name());
        }
    }
}
