package io.mtl4j.nn.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.encoder.GraphEncoder;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;

/** Models whose shared encoder is a DL4J graph: training, saving, loading, predicting. */
class GraphModelTest {

    @TempDir
    private Path folder;

    private final MultiTaskData data = Fixtures.data(60, 40, DataType.FLOAT);

    /** A classifier of four numbers with everything that makes a graph difficult. */
    private static ComputationGraphConfiguration classifier(boolean difficult) {
        var graph = new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam(0.01))
                .activation(org.nd4j.linalg.activations.Activation.TANH)
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", new DenseLayer.Builder().nOut(12).build(), "in");
        if (difficult) {
            graph.addLayer("norm", new BatchNormalization.Builder().build(), "first");
        }
        DenseLayer.Builder features = new DenseLayer.Builder().nOut(8);
        return graph.addLayer(
                        "features",
                        (difficult ? features.dropOut(0.9) : features).build(),
                        difficult ? "norm" : "first")
                .addLayer("out", new OutputLayer.Builder().nOut(3).build(), "features")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(4))
                .build();
    }

    private ComputationGraph trained(boolean difficult) {
        ComputationGraph graph = new ComputationGraph(classifier(difficult));
        graph.init();
        INDArray x = data.sources().get(0).batch(indices(60), null).features();
        INDArray y = Nd4j.zeros(DataType.FLOAT, 60, 3);
        for (int i = 0; i < 60; i++) {
            y.putScalar(i, i % 3, 1);
        }
        for (int i = 0; i < 5; i++) {
            graph.fit(new DataSet(x, y));
        }
        return graph;
    }

    private static int[] indices(int size) {
        return IntStream.range(0, size).toArray();
    }

    private static MultiTaskModel model(GraphEncoder encoder) {
        return MultiTaskModel.builder()
                .input("a", Shape.vector(4))
                .input("b", Shape.vector(3), new Dense(4, Activation.TANH, Initializer.GLOROT_UNIFORM))
                .encoder(encoder)
                .task(Tasks.classification("one", 3).input("a"))
                .task(Tasks.classification("two", 2).input("a"))
                .task(Tasks.classification("three", 4).input("b"))
                .seed(5)
                .build();
    }

    private TrainerBuilder trainer(MultiTaskModel model) {
        return Trainer.builder(model)
                .optimizer(new AdamW(0.02, 0.01))
                .batchSize(16)
                .seed(9);
    }

    private double loss(MultiTaskModel model) {
        return Evaluator.evaluate(model, data).tasks().values().stream()
                .mapToDouble(t -> t.loss())
                .sum();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void trainsThreeTasksOnATrainedGraph(boolean difficult) {
        MultiTaskModel model = model(Encoders.graph(trained(difficult), "features"));
        INDArray before = model.network().store().flat().dup();
        double untrained = loss(model);
        trainer(model).aggregation(Aggregations.upGrad()).epochs(15).build().fit(data);
        double after = loss(model);
        assertTrue(after < 0.8 * untrained, untrained + " became " + after);
        assertNotEquals(before, model.network().store().flat());
    }

    @Test
    void aFrozenGraphStaysAsItWasWhileTheHeadsLearn() {
        ComputationGraph graph = trained(false);
        MultiTaskModel model = model(Encoders.graph(graph, "features").freeze());
        double untrained = loss(model);
        trainer(model).epochs(15).build().fit(data);
        assertTrue(loss(model) < 0.9 * untrained);
        long shared = model.sharedParameterCount();
        INDArray expected = graph.params().reshape(graph.numParams()).get(NDArrayIndex.interval(0, shared));
        assertEquals(expected, model.network().store().flat().get(NDArrayIndex.interval(0, shared)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rowsOfTheJacobianAreTheGradientsOfSingleTasks(boolean difficult) {
        MultiTaskModel model = model(Encoders.graph(classifier(difficult), "features"));
        Gradients gradients = model.network().newGradients();
        BatchPass pass = model.network().forward(Fixtures.batch(data), new Seed(3));
        pass.jacobian(gradients);
        INDArray jacobian = gradients.jacobian().dup();
        for (int k = 0; k < 3; k++) {
            double[] oneHot = new double[3];
            oneHot[k] = 1;
            pass.weightedGradient(oneHot, gradients);
            assertTrue(gradients.shared().norm2Number().doubleValue() > 1e-4);
            assertEquals(gradients.shared(), jacobian.getRow(k), "task " + k);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSameSeedsGiveTheSameModelWhateverTheThreadDrewBefore(boolean difficult) {
        Nd4j.getRandom().setSeed(1);
        MultiTaskModel first = model(Encoders.graph(classifier(difficult), "features"));
        trainer(first).epochs(2).build().fit(data);
        Nd4j.getRandom().setSeed(2);
        MultiTaskModel second = model(Encoders.graph(classifier(difficult), "features"));
        trainer(second).epochs(2).build().fit(data);
        assertEquals(first.network().store().flat(), second.network().store().flat());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoadedModelPredictsBitForBitTheSame(boolean difficult) {
        MultiTaskModel model = model(Encoders.graph(trained(difficult), "features"));
        trainer(model).epochs(2).build().fit(data);
        Path file = folder.resolve("graph.mtl");
        ModelFiles.save(model, file);
        MultiTaskModel loaded = ModelFiles.load(file);
        for (var source : data.sources()) {
            INDArray x = source.batch(indices(40), null).features();
            assertEquals(model.outputs(source.input(), x, null), loaded.outputs(source.input(), x, null));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyThreadsPredictWhatOneThreadPredicts(boolean difficult) throws Exception {
        MultiTaskModel model = model(Encoders.graph(trained(difficult), "features"));
        INDArray x = data.sources().get(0).batch(indices(60), null).features();
        INDArray expected = model.outputs("a", x, null).get("one");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<INDArray>> calls = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int row = i;
                calls.add(() ->
                        model.outputs("a", x.getRow(row, true).dup(), null).get("one"));
            }
            List<Future<INDArray>> answers = threads.invokeAll(calls);
            for (int i = 0; i < 60; i++) {
                assertTrue(expected.getRow(i, true).equalsWithEps(answers.get(i).get(), 1e-6), "row " + i);
            }
        } finally {
            threads.shutdown();
        }
    }
}
