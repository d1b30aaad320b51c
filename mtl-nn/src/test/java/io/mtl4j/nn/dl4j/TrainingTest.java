package io.mtl4j.nn.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.BatchNorm;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Regularized;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Graphs of DL4J's layers and ours are trained, saved and loaded by DL4J. */
class TrainingTest {

    private static final InputType IMAGE = InputType.convolutional(8, 8, 2);
    private static final InputType VECTOR = InputType.feedForward(6);
    private static final Dense DENSE = new Dense(5, Activation.TANH, Initializer.GLOROT_UNIFORM);

    private static ComputationGraph mixed(WorkspaceMode mode) {
        return Nets.classifier(
                Nets.defaults(new Adam(0.02)).l2(1e-4),
                mode,
                IMAGE,
                MtlLayer.of(Chain.of(Conv2d.of(8, 3), BatchNorm.of(Activation.RELU), new Dropout(0.1))),
                new ConvolutionLayer.Builder(3, 3)
                        .nOut(4)
                        .activation(org.nd4j.linalg.activations.Activation.RELU)
                        .build(),
                MtlLayer.of(BatchNorm.of(Activation.SWISH)),
                new GlobalPoolingLayer(PoolingType.AVG),
                MtlLayer.of(new Dense(6, Activation.TANH, Initializer.GLOROT_UNIFORM)));
    }

    private static void fit(ComputationGraph graph, DataSet batch, int steps) {
        for (int step = 0; step < steps; step++) {
            graph.fit(batch);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ENABLED", "NONE"})
    void theLossFalls(WorkspaceMode mode) {
        ComputationGraph graph = mixed(mode);
        DataSet batch = Nets.batch(graph, Nets.normal(1, 12, 2, 8, 8));
        double before = graph.score(batch);
        fit(graph, batch, 60);
        double after = graph.score(batch);
        assertTrue(after < 0.5 * before, before + " became " + after);
    }

    @Test
    void trainingIsTheSameWithAndWithoutWorkspaces() {
        ComputationGraph with = mixed(WorkspaceMode.ENABLED);
        ComputationGraph without = mixed(WorkspaceMode.NONE);
        DataSet batch = Nets.batch(with, Nets.normal(1, 6, 2, 8, 8));
        fit(with, batch, 5);
        fit(without, batch, 5);
        assertEquals(0, with.params().distance2(without.params()), 1e-12);
    }

    @Test
    void aLoadedModelPredictsTheSameAndGoesOnAsTheOriginalWould() throws IOException {
        ComputationGraph graph = mixed(WorkspaceMode.ENABLED);
        DataSet batch = Nets.batch(graph, Nets.normal(1, 6, 2, 8, 8));
        fit(graph, batch, 4);
        ComputationGraph loaded = reloaded(graph);
        assertEquals(graph.getConfiguration(), loaded.getConfiguration());
        assertEquals(graph.paramTable(), loaded.paramTable());
        assertEquals(graph.outputSingle(batch.getFeatures()), loaded.outputSingle(batch.getFeatures()));
        fit(graph, batch, 3);
        fit(loaded, batch, 3);
        assertEquals(graph.params(), loaded.params(), "dropout must draw the same, whatever other generators did");
    }

    private static ComputationGraph reloaded(ComputationGraph graph) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelSerializer.writeModel(graph, file, true);
        Nd4j.getRandom().nextDouble();
        return ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file.toByteArray()), true);
    }

    @Test
    void theSeedAndTheNameOfTheLayerDecideTheStart() {
        Layer[] twice = {MtlLayer.of(new Dense(6, Activation.TANH, Initializer.HE_NORMAL)), null};
        twice[1] = twice[0].clone();
        ComputationGraph one = Nets.classifier(Nets.defaults(new Sgd(1)), WorkspaceMode.ENABLED, VECTOR, twice);
        ComputationGraph same = Nets.classifier(
                Nets.defaults(new Sgd(1)), WorkspaceMode.ENABLED, VECTOR, twice[0].clone(), twice[1].clone());
        ComputationGraph other = Nets.classifier(
                Nets.defaults(new Sgd(1)).seed(12), WorkspaceMode.ENABLED, VECTOR, twice[0].clone(), twice[1].clone());
        assertEquals(one.getParam("layer0_W"), same.getParam("layer0_W"));
        assertNotEquals(one.getParam("layer0_W"), other.getParam("layer0_W"));
        assertNotEquals(one.getParam("layer0_W"), one.getParam("layer1_W"));
    }

    @Test
    void everyTrainingPassDropsOtherElements() {
        ComputationGraph graph = Nets.classifier(
                Nets.defaults(new Sgd(1)), WorkspaceMode.ENABLED, VECTOR, MtlLayer.of(new Dropout(0.5)));
        INDArray x = Nd4j.ones(org.nd4j.linalg.api.buffer.DataType.DOUBLE, 10, 6);
        INDArray first = graph.feedForward(x, true).get("layer0");
        INDArray second = graph.feedForward(x, true).get("layer0");
        assertNotEquals(first, second);
        assertEquals(x, graph.feedForward(x, false).get("layer0"));
    }

    @Test
    void theOutputThatALayerKeepsSurvivesALayerThatWorksInPlace() {
        ComputationGraph behind = Nets.classifier(
                Nets.defaults(new Sgd(1)),
                WorkspaceMode.ENABLED,
                VECTOR,
                MtlLayer.of(DENSE),
                new DropoutLayer.Builder(new HalveInPlace()).build());
        ComputationGraph half =
                Nets.classifier(Nets.defaults(new Sgd(1)), WorkspaceMode.ENABLED, VECTOR, MtlLayer.of(DENSE));
        DataSet batch = Nets.batch(half, Nets.normal(1, 4, 6));
        half.setParam("out_W", half.getParam("out_W").mul(0.5));
        behind.setParam("out_W", half.getParam("out_W").mul(2));
        behind.setParam("layer0_W", half.getParam("layer0_W"));
        fit(behind, batch, 1);
        fit(half, batch, 1);
        assertEquals(0, behind.getParam("layer0_W").distance2(half.getParam("layer0_W")), 1e-9, "the gradient of tanh");
    }

    @Test
    void aFrozenLayerPassesGradientsAsInPredictionAndKeepsItsNumbers() {
        ComputationGraph graph = Nets.classifier(
                Nets.defaults(new Sgd(0.1)),
                WorkspaceMode.ENABLED,
                VECTOR,
                MtlLayer.of(DENSE),
                new FrozenLayerWithBackprop(MtlLayer.of(BatchNorm.of(Activation.TANH))));
        DataSet batch = Nets.batch(graph, Nets.normal(1, 4, 6));
        INDArray statistics = graph.getLayer("layer1").params().dup();
        INDArray before = graph.getParam("layer0_W").dup();
        fit(graph, batch, 2);
        assertEquals(statistics, graph.getLayer("layer1").params());
        assertNotEquals(before, graph.getParam("layer0_W"));
    }

    @Test
    void clippingTheGradientLeavesStatisticsAlone() {
        ComputationGraph free = statistics(GradientNormalization.None);
        for (GradientNormalization normalization : GradientNormalization.values()) {
            ComputationGraph clipped = statistics(normalization);
            assertEquals(free.getParam("layer0_mean"), clipped.getParam("layer0_mean"), normalization.name());
            assertEquals(free.getParam("layer0_variance"), clipped.getParam("layer0_variance"), normalization.name());
        }
    }

    private static ComputationGraph statistics(GradientNormalization normalization) {
        ComputationGraph graph = Nets.classifier(
                Nets.defaults(new Sgd(0.1)).gradientNormalization(normalization).gradientNormalizationThreshold(1e-3),
                WorkspaceMode.ENABLED,
                VECTOR,
                MtlLayer.of(BatchNorm.of(Activation.TANH)));
        fit(graph, Nets.batch(graph, Nets.normal(1, 4, 6).addi(3)), 2);
        return graph;
    }

    @Test
    void aPenaltyOfTheDescriptionCountsAsOneOfTheNetwork() {
        ComputationGraph ours = Nets.classifier(
                Nets.defaults(new Sgd(0.1)),
                WorkspaceMode.ENABLED,
                VECTOR,
                MtlLayer.of(new Regularized(DENSE, 0.02, 0.3)));
        ComputationGraph theirs = Nets.classifier(
                Nets.defaults(new Sgd(0.1)),
                WorkspaceMode.ENABLED,
                VECTOR,
                MtlLayer.builder(DENSE).l1(0.02).l2(0.3).build());
        ComputationGraph none =
                Nets.classifier(Nets.defaults(new Sgd(0.1)), WorkspaceMode.ENABLED, VECTOR, MtlLayer.of(DENSE));
        DataSet batch = Nets.batch(ours, Nets.normal(1, 4, 6));
        INDArray w = ours.getParam("layer0_W");
        double penalty = 0.02 * w.norm1Number().doubleValue()
                + 0.15 * w.mul(w).sumNumber().doubleValue();
        assertEquals(none.score(batch) + penalty, ours.score(batch), 1e-12);
        assertEquals(theirs.score(batch), ours.score(batch), 1e-12);
        fit(ours, batch, 3);
        fit(theirs, batch, 3);
        assertEquals(0, ours.params().distance2(theirs.params()), 1e-12);
    }
}
