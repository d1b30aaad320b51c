package io.mtl4j.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Reshape;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slopes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkTest {

    private static final double[] WEIGHTS = {0.7, 1.3, 0.4};

    private final MultiTaskModel model =
            Fixtures.model(DataType.DOUBLE, Fixtures.dense(5), new Dropout(0.2), Fixtures.dense(4));
    private final Network network = model.network();
    private final Gradients gradients = network.newGradients();
    private final MultiTaskBatch batch = Fixtures.batch(Fixtures.data(7, 5, DataType.DOUBLE));

    @Test
    void gradientOfTheJointModelWithMissingLabelsMatchesFiniteDifferences() {
        network.forward(batch, new Seed(3)).weightedGradient(WEIGHTS, gradients);
        INDArray flat = network.store().flat();
        for (long i = 0; i < flat.length(); i++) {
            double slope = Slopes.of(this::weightedLoss, flat, i);
            assertEquals(slope, gradients.flat().getDouble(i), 1e-7, "element " + i);
        }
    }

    private double weightedLoss() {
        double[] losses = network.forward(batch, new Seed(3)).losses();
        double sum = 0;
        for (int k = 0; k < losses.length; k++) {
            sum += WEIGHTS[k] * losses[k];
        }
        return sum;
    }

    @Test
    void rowsOfTheJacobianAreTheGradientsOfSingleTasks() {
        BatchPass pass = network.forward(batch, new Seed(3));
        pass.jacobian(gradients);
        INDArray jacobian = gradients.jacobian().dup();
        INDArray own = gradients.flat().dup();
        for (int k = 0; k < 3; k++) {
            double[] oneHot = new double[3];
            oneHot[k] = 1;
            pass.weightedGradient(oneHot, gradients);
            assertEquals(gradients.shared(), jacobian.getRow(k), "task " + k);
            for (Parameter p : network.store().layout().parameters()) {
                if (p.owner() == k) {
                    long from = network.store().layout().offset(p);
                    for (long i = from; i < from + p.length(); i++) {
                        assertEquals(gradients.flat().getDouble(i), own.getDouble(i), 1e-15, p.name());
                    }
                }
            }
        }
    }

    @Test
    void examplesWithoutLabelsChangeNeitherLossNorGradientOfATask() {
        SourceBatch all = batch.sources().get("a");
        int[] labelled = {1, 2, 4, 5};
        SourceBatch some = new SourceBatch(
                all.features().getRows(labelled),
                null,
                Map.of("one", pick(all.labels().get("one"), labelled)),
                Map.of());
        double[] first = {1, 0, 0};
        Network plain = Fixtures.model(DataType.DOUBLE, Fixtures.dense(5)).network();
        Gradients target = plain.newGradients();
        BatchPass withMissing = plain.forward(new MultiTaskBatch(Map.of("a", all)), new Seed(1));
        withMissing.weightedGradient(first, target);
        INDArray expected = target.flat().dup();
        BatchPass without = plain.forward(new MultiTaskBatch(Map.of("a", some)), new Seed(1));
        without.weightedGradient(first, target);
        assertEquals(withMissing.loss(0), without.loss(0), 1e-12);
        assertEquals(4, withMissing.labels(0));
        assertTrue(expected.equalsWithEps(target.flat(), 1e-12));
    }

    private static INDArray pick(INDArray column, int... indices) {
        INDArray picked = Nd4j.create(column.dataType(), indices.length);
        for (int i = 0; i < indices.length; i++) {
            picked.putScalar(i, column.getDouble(indices[i]));
        }
        return picked;
    }

    @Test
    void aTaskWithoutExamplesIsAbsent() {
        MultiTaskBatch onlyB = new MultiTaskBatch(Map.of("b", batch.sources().get("b")));
        BatchPass pass = network.forward(onlyB, new Seed(3));
        assertArrayEquals(new double[] {Double.NaN, Double.NaN, pass.loss(2)}, pass.losses());
        pass.jacobian(gradients);
        assertEquals(0, gradients.jacobian().getRow(0).norm2Number().doubleValue());
        assertTrue(gradients.jacobian().getRow(2).norm2Number().doubleValue() > 0);
    }

    @Test
    void labelsThatCameWithTheWrongInputAreRefused() {
        SourceBatch b = batch.sources().get("b");
        SourceBatch wrong =
                new SourceBatch(b.features(), null, Map.of("one", b.labels().get("three")), Map.of());
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> network.forward(new MultiTaskBatch(Map.of("b", wrong)), new Seed(1)));
        assertEquals(
                "input \"b\" brings labels of task \"one\", which reads another input; put the labels with the input"
                        + " that the task reads",
                refusal.getMessage());
    }

    @Test
    void aStemOfOneTaskBelongsToThatTaskAndTheEncoderIsShared() {
        for (Parameter p : network.store().layout().parameters()) {
            int owner = p.name().startsWith("stem:b") || p.name().startsWith("head:three")
                    ? 2
                    : p.name().startsWith("head:two") ? 1 : p.name().startsWith("head:one") ? 0 : Parameter.SHARED;
            assertEquals(owner, p.owner(), p.name());
        }
    }

    @Test
    void whatIsBeyondAllMeasureIsNamed() {
        assertRefused(
                "parameter \"encoder.0.W\": 4 x 2147483647 is more than 2147483647; make it smaller",
                new Dense(Integer.MAX_VALUE, Activation.RELU, Initializer.ZEROS));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Reshape(Shape.image(65536, 65536, 65536)));
        assertTrue(e.getMessage().contains("is more than 2147483647; make it smaller"), e.getMessage());
    }

    private static void assertRefused(String message, LayerSpec layer) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> MultiTaskModel.builder()
                        .input(Shape.vector(4))
                        .encoder(new Fixtures.LayersEncoder(List.of(layer)))
                        .task(Tasks.binary("yes"))
                        .build());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
