package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.aggregation.UpdateDirection;
import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.model.RepresentationPass;
import io.mtl4j.nn.sharing.HardSharing;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.Trunk;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import io.mtl4j.weighting.Weightings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Gradients of the representation in place of those of the parameters. */
class RepresentationTest {

    private static final Dense LINEAR = new Dense(4, Activation.IDENTITY, Initializer.GLOROT_UNIFORM);

    private static ModelBuilder builder(DataType type, LayerSpec... layers) {
        return MultiTaskModel.builder()
                .input("a", Shape.vector(4))
                .encoder(new Fixtures.LayersEncoder(List.of(layers)))
                .seed(5)
                .dataType(type);
    }

    /** Two classifications of one input; task "one" lacks every third label. */
    private static MultiTaskModel model(LayerSpec... layers) {
        return builder(DataType.DOUBLE, layers)
                .task(Tasks.classification("one", 3))
                .task(Tasks.classification("two", 2).hidden(3))
                .build();
    }

    private static INDArray trained(MultiTaskModel model, int batch, UnaryOperator<TrainerBuilder> settings) {
        TrainerBuilder builder = Trainer.builder(model)
                .optimizer(new Sgd(0.1))
                .epochs(2)
                .batchSize(batch)
                .seed(3);
        Fixtures.Rows rows = Fixtures.a(21, DataType.DOUBLE);
        rows.labels().keySet().retainAll(model.tasks().names());
        settings.apply(builder).build().fit(MultiTaskData.of(rows));
        return model.network().store().flat().dup();
    }

    @Test
    void theRowsAreTheGradientsOfALinearModelByHand() {
        MultiTaskModel model = builder(DataType.DOUBLE, LINEAR)
                .task(Tasks.regression("one", 1))
                .task(Tasks.regression("two", 1))
                .build();
        INDArray x = Nd4j.createFromArray(new double[][] {{1, 0, 2, 1}, {0, 1, 0, -1}, {2, 1, 1, 0}});
        INDArray one = Nd4j.createFromArray(new double[] {1, 2, 3}).reshape(3, 1);
        INDArray two = Nd4j.createFromArray(new double[] {4, Double.NaN, -1}).reshape(3, 1);
        MultiTaskBatch batch =
                new MultiTaskBatch(Map.of("a", new SourceBatch(x, null, Map.of("one", one, "two", two), Map.of())));
        Network network = model.network();
        RepresentationPass pass = network.forward(batch, new Seed(1)).representation();
        INDArray z = x.mmul(parameter(network, "encoder", "W")).addiRowVector(parameter(network, "encoder", "b"));
        assertTrue(z.equalsWithEps(pass.values(), 1e-12));
        INDArray rows = pass.jacobian(network.newGradients());
        assertArrayEquals(new long[] {2, 12}, rows.shape());
        for (int task = 0; task < 2; task++) {
            INDArray labels = task == 0 ? one : two;
            INDArray w = parameter(network, "head:" + model.tasks().get(task).name(), "W");
            double bias = parameter(network, "head:" + model.tasks().get(task).name(), "b")
                    .getDouble(0);
            for (int i = 0; i < 3; i++) {
                double error = z.getRow(i).reshape(1, 4).mmul(w).getDouble(0) + bias - labels.getDouble(i, 0);
                for (int f = 0; f < 4; f++) {
                    double expected = Double.isNaN(error) ? 0 : 2 * error / (task == 0 ? 3 : 2) * w.getDouble(f);
                    assertEquals(expected, rows.getDouble(task, i * 4 + f), 1e-12);
                }
            }
        }
    }

    private static INDArray parameter(Network network, String scope, String name) {
        INDArray[] values = network.store().values();
        return network.store().layout().parameters().stream()
                .filter(p -> p.name().startsWith(scope) && p.name().endsWith("." + name))
                .map(p -> values[p.index()])
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @Test
    void oneWayBackWithACombinationIsTheGradientOfTheWeightedSum() {
        for (Encoder encoder : List.of(
                Encoders.mlp().batchNorm().dense(6).dropout(0.2).dense(5),
                new Fixtures.LayersEncoder(List.of(LINEAR)))) {
            MultiTaskModel model = MultiTaskModel.builder()
                    .input("a", Shape.vector(4))
                    .encoder(encoder)
                    .task(Tasks.classification("one", 3))
                    .task(Tasks.classification("two", 2).hidden(3))
                    .dataType(DataType.DOUBLE)
                    .build();
            Network network = model.network();
            BatchPass batch =
                    network.forward(Fixtures.batch(MultiTaskData.of(Fixtures.a(9, DataType.DOUBLE))), new Seed(1));
            Gradients expected = network.newGradients();
            batch.weightedGradient(new double[] {0.7, 1}, expected);
            Gradients found = network.newGradients();
            found.flat().assign(Double.NaN);
            RepresentationPass pass = batch.representation();
            INDArray rows = pass.jacobian(found);
            found.scaleOwn(new double[] {0.7, 1});
            pass.backward(
                    Nd4j.createFromArray(new double[] {0.7, 1})
                            .reshape(1, 2)
                            .mmul(rows)
                            .reshape(rows.columns()),
                    found);
            assertTrue(expected.flat().equalsWithEps(found.flat(), 1e-12));
        }
    }

    @Test
    void anImageEncoderGoesTheSameWay() {
        MultiTaskModel model = MultiTaskModel.builder()
                .input(Shape.image(2, 6, 6))
                .encoder(Encoders.cnn().conv(8, 3).conv(8, 3).maxPool(2))
                .task(Tasks.regression("one", 1))
                .task(Tasks.regression("two", 1))
                .build();
        Network network = model.network();
        INDArray x = Nd4j.linspace(-1, 1, 5 * 72, DataType.FLOAT).reshape(5, 2, 6, 6);
        INDArray y = Nd4j.linspace(-1, 2, 5, DataType.FLOAT).reshape(5, 1);
        BatchPass batch = network.forward(
                new MultiTaskBatch(Map.of(
                        MultiTaskModel.DEFAULT_INPUT,
                        new SourceBatch(x, null, Map.of("one", y, "two", y.mul(-3)), Map.of()))),
                new Seed(1));
        Gradients expected = network.newGradients();
        batch.weightedGradient(new double[] {1, 1}, expected);
        Gradients found = network.newGradients();
        RepresentationPass pass = batch.representation();
        INDArray rows = pass.jacobian(found);
        pass.backward(rows.sum(0), found);
        assertTrue(expected.flat().equalsWithEps(found.flat(), 1e-5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void theSumOnTheRepresentationFollowsTheSamePathAsEqualWeights(int batch) {
        LayerSpec[] layers = {Fixtures.dense(6), new Dropout(0.2), Fixtures.dense(5)};
        INDArray plain = trained(model(layers), batch, b -> b);
        INDArray found =
                trained(model(layers), batch, b -> b.aggregation(Aggregations.onRepresentation(Aggregations.sum())));
        assertTrue(plain.equalsWithEps(found, 1e-10));
    }

    @Test
    void weightsMultiplyTheGradientsFirstOnTheRepresentationToo() {
        INDArray plain = trained(model(LINEAR), 8, b -> b.weighting(Weightings.fixed(0.3, 2)));
        INDArray found = trained(
                model(LINEAR),
                8,
                b -> b.weighting(Weightings.fixed(0.3, 2)).aggregation(Aggregations.byName("sum-representation")));
        assertTrue(plain.equalsWithEps(found, 1e-10));
    }

    /** With one example, {@code ∂L_k/∂W = x g_kᵀ}: the Gramian of the parameters is that of z times |x|² + 1. */
    @Test
    void mgdaUbIsMgdaWhereTheEncoderOnlyScalesTheGramian() {
        INDArray parameters = trained(model(LINEAR), 1, b -> b.aggregation(Aggregations.mgda()));
        INDArray representation = trained(model(LINEAR), 1, b -> b.aggregation(Aggregations.mgdaUb()));
        assertTrue(parameters.equalsWithEps(representation, 1e-8));
        INDArray summed = trained(model(LINEAR), 1, b -> b);
        assertFalse(parameters.equalsWithEps(summed, 1e-3), "the test would not see a difference");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mgda-ub", "graddrop-representation", "pcgrad-representation"})
    void aSingleTaskFollowsItsOwnGradient(String name) {
        LayerSpec[] layers = {Fixtures.dense(6), Fixtures.dense(5)};
        INDArray plain = trained(
                builder(DataType.DOUBLE, layers)
                        .task(Tasks.classification("two", 2))
                        .build(),
                8,
                b -> b);
        INDArray found = trained(
                builder(DataType.DOUBLE, layers)
                        .task(Tasks.classification("two", 2))
                        .build(),
                8,
                b -> b.aggregation(Aggregations.byName(name)));
        assertTrue(plain.equalsWithEps(found, 1e-10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mgda-ub", "graddrop-representation", "upgrad-representation", "imtl-g-representation"})
    void everyMethodLearnsBothTasks(String name) {
        MultiTaskModel model = builder(DataType.FLOAT, Fixtures.dense(16), Fixtures.dense(8))
                .task(Tasks.classification("one", 3))
                .task(Tasks.classification("two", 2).hidden(3))
                .build();
        TrainingResult result = Trainer.builder(model)
                .aggregation(Aggregations.byName(name))
                .optimizer(new Adam(0.01))
                .epochs(25)
                .batchSize(16)
                .build()
                .fit(MultiTaskData.of(Fixtures.a(96, DataType.FLOAT)));
        Map<String, Double> first = result.epochs().get(0).trainLosses();
        result.epochs().get(24).trainLosses().forEach((task, loss) -> assertTrue(loss < 0.9 * first.get(task), task));
    }

    @Test
    void theStepHasTheRepresentationAndItsGradients() {
        Aggregator probe = new Aggregator() {
            @Override
            public String name() {
                return "probe";
            }

            @Override
            public Set<Requirement> requirements() {
                return Set.of(Requirement.JACOBIAN, Requirement.REPRESENTATION);
            }

            @Override
            public UpdateDirection aggregate(TrainingStep step) {
                assertEquals(7, step.representation().length);
                assertEquals(5, step.representation()[0].length);
                assertEquals(35, step.jacobian().columns());
                assertThrows(IllegalStateException.class, () -> step.jacobian(1));
                return new UpdateDirection.Vector(step.jacobian().combine(new double[] {1, 1}));
            }
        };
        LayerSpec[] layers = {Fixtures.dense(6), Fixtures.dense(5)};
        INDArray found = trained(model(layers), 7, b -> b.aggregation(probe));
        assertTrue(trained(model(layers), 7, b -> b).equalsWithEps(found, 1e-10));
    }

    @Test
    void aBatchWithoutLabelsMovesNothing() {
        MultiTaskModel model = builder(DataType.FLOAT, LINEAR)
                .task(Tasks.regression("one", 1))
                .task(Tasks.regression("two", 1))
                .build();
        INDArray before = model.network().store().flat().dup();
        INDArray unknown = Nd4j.valueArrayOf(new long[] {3, 1}, Float.NaN, DataType.FLOAT);
        double[][][] seen = new double[1][][];
        Trainer.builder(model)
                .aggregation(Aggregations.mgdaUb())
                .optimizer(new Sgd(1))
                .epochs(1)
                .listener(event -> {
                    if (event instanceof TrainingEvent.GramianSeen g) {
                        seen[0] = g.gramian();
                    }
                })
                .build()
                .fit(MultiTaskData.of(ArraySource.builder("a")
                        .features(Nd4j.linspace(-1, 1, 12, DataType.FLOAT).reshape(3, 4))
                        .labels("one", unknown)
                        .labels("two", unknown)
                        .build()));
        assertEquals(before, model.network().store().flat());
        assertArrayEquals(new double[2][2], seen[0]);
    }

    @Test
    void tasksOfSeveralInputsAreRefusedBeforeTraining() {
        MultiTaskModel two = Fixtures.model(DataType.FLOAT, Fixtures.dense(4));
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> Trainer.builder(two).aggregation(Aggregations.mgdaUb()).build());
        assertTrue(refused.getMessage().startsWith("\"mgda-ub\" works on gradients of the one representation"));
        assertTrue(refused.getMessage().contains("read 2 inputs"), refused.getMessage());
    }

    /** Gives every task a copy of its own. */
    private record Copies() implements Sharing {
        @Override
        public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
            Trunk hard = new HardSharing().bind(encoder, input, tasks, binder);
            return new Trunk() {
                @Override
                public Shape representation(int task) {
                    return hard.representation(task);
                }

                @Override
                public INDArray[] forward(INDArray x, boolean[] wanted, Pass pass) {
                    INDArray[] byTask = hard.forward(x, wanted, pass);
                    for (int k = 0; k < byTask.length; k++) {
                        byTask[k] = byTask[k] == null ? null : byTask[k].dup();
                    }
                    return byTask;
                }

                @Override
                public INDArray backward(INDArray[] gradients, Pass pass) {
                    return hard.backward(gradients, pass);
                }
            };
        }
    }

    @Test
    void tasksThatReadDifferentRepresentationsAreRefusedAtTheStep() {
        MultiTaskModel model = builder(DataType.DOUBLE, LINEAR)
                .sharing(new Copies())
                .task(Tasks.classification("one", 3))
                .task(Tasks.classification("two", 2))
                .build();
        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> trained(model, 8, b -> b.aggregation(Aggregations.mgdaUb())));
        assertEquals(
                "tasks \"one\" and \"two\" read different representations, so there is no gradient of one that they"
                        + " share; use hard sharing, or a method that works on gradients of the parameters",
                refused.getMessage());
        assertNull(refused.getCause());
    }
}
