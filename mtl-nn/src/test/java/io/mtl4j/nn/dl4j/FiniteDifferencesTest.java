package io.mtl4j.nn.dl4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.BatchNorm;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Embedding;
import io.mtl4j.nn.layer.GlobalPool;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerNorm;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Lstm;
import io.mtl4j.nn.layer.MaxPool2d;
import io.mtl4j.nn.layer.Padding;
import io.mtl4j.nn.layer.Regularized;
import io.mtl4j.nn.layer.SelfAttention;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.TransformerBlock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.util.DataTypeUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** DL4J's own check of gradients, with layers of ours in the graph. */
class FiniteDifferencesTest {

    private static final InputType VECTOR = InputType.feedForward(5);
    private static final InputType IMAGE = InputType.convolutional(6, 5, 2);
    private static final InputType SEQUENCE = InputType.recurrent(4);

    private static Arguments layers(InputType type, LayerSpec... specs) {
        return Arguments.of(type, List.of(specs));
    }

    private static Dense dense(int units) {
        return new Dense(units, Activation.TANH, Initializer.GLOROT_UNIFORM);
    }

    private static Conv2d convolution(int stride) {
        return new Conv2d(3, 3, stride, 1, Padding.SAME, true, Activation.TANH, Initializer.GLOROT_UNIFORM);
    }

    static final List<Arguments> GRAPHS = List.of(
            layers(VECTOR, dense(4), new Regularized(dense(3), 0.01, 0.02)),
            layers(VECTOR, dense(4), new LayerNorm(), BatchNorm.of(Activation.TANH)),
            layers(IMAGE, convolution(1), BatchNorm.of(Activation.SWISH), convolution(2), dense(4)),
            layers(IMAGE, convolution(1), MaxPool2d.of(2), new GlobalPool(GlobalPool.Kind.AVERAGE)),
            layers(IMAGE, Chain.of(convolution(2), BatchNorm.of(Activation.IDENTITY), dense(4))),
            layers(SEQUENCE, new Lstm(3), new SequencePool(SequencePool.Kind.MEAN)),
            layers(SEQUENCE, new Lstm(3), dense(4)),
            layers(SEQUENCE, new SelfAttention(2, 0, Initializer.GLOROT_UNIFORM), new LayerNorm()),
            layers(
                    SEQUENCE,
                    new TransformerBlock(
                            2, 5, Activation.GELU, TransformerBlock.Norm.PRE, 0.0, Initializer.GLOROT_UNIFORM)),
            layers(InputType.recurrent(7), new Embedding(4), new Lstm(3)));

    @ParameterizedTest
    @FieldSource("GRAPHS")
    void agreeWithBackpropagation(InputType type, List<LayerSpec> specs) {
        boolean tokens = specs.get(0) instanceof Embedding;
        ComputationGraph graph = Nets.classifier(
                Nets.defaults(new NoOp()),
                WorkspaceMode.ENABLED,
                type,
                specs.stream()
                        .map(s -> s instanceof Embedding
                                ? MtlLayer.builder(s).input(Shape.tokens(7)).build()
                                : MtlLayer.of(s))
                        .toArray(MtlLayer[]::new));
        INDArray x = input(type, tokens);
        DataSet batch = Nets.batch(graph, x);
        Set<String> buffers = graph.paramTable().keySet().stream()
                .filter(name -> name.endsWith("mean") || name.endsWith("variance"))
                .collect(Collectors.toSet());
        DataType before = DataTypeUtil.getDtypeFromContext();
        DataTypeUtil.setDTypeForContext(DataType.DOUBLE); // the check insists on it
        try {
            assertTrue(GradientCheckUtil.checkGradients(new GradientCheckUtil.GraphConfig()
                    .net(graph)
                    .inputs(new INDArray[] {x})
                    .labels(new INDArray[] {batch.getLabels()})
                    .epsilon(1e-5)
                    .maxRelError(1e-4)
                    .minAbsoluteError(1e-8)
                    .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)
                    .excludeParams(buffers)));
        } finally {
            DataTypeUtil.setDTypeForContext(before);
        }
    }

    private static INDArray input(InputType type, boolean tokens) {
        if (tokens) {
            return Nd4j.createFromArray(new double[][] {{1, 2, 6, 0}, {3, 3, 5, 4}});
        }
        return switch (type.getType()) {
            case CNN -> Nets.normal(1, 3, 2, 6, 5);
            case RNN -> Nets.normal(1, 3, 4, 5);
            default -> Nets.normal(1, 3, 5);
        };
    }
}
