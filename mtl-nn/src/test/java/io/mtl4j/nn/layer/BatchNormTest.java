package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BatchNormTest {

    private static final Shape IMAGE = Shape.image(2, 3, 4);

    private static INDArray images() {
        return GradientCheck.array(GradientCheck.random(3), 2, 5, 2, 3, 4).addi(3);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void gradientsMatchFiniteDifferencesForEveryActivation(Activation activation) {
        GradientCheck.check(BatchNorm.of(activation), IMAGE, images(), null);
        PrecisionCheck.check(BatchNorm.of(activation), IMAGE, 5, 2, 3, 4);
    }

    @Test
    void gradientsMatchFiniteDifferencesForVectorsAndSequences() {
        BatchNorm norm = new BatchNorm(0.5, 0.1, Activation.TANH);
        GradientCheck.check(norm, Shape.vector(3), 5, 3);
        GradientCheck.check(norm, Shape.sequence(3), 2, 4, 3);
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1, 0, 0}, {1, 1, 1, 0}});
        GradientCheck.check(norm, Shape.sequence(3), GradientCheck.array(GradientCheck.random(3), 1, 2, 4, 3), mask);
    }

    @Test
    void gradientsMatchFiniteDifferencesOutsideTraining() {
        GradientCheck.checkPredicting(BatchNorm.of(Activation.TANH), IMAGE, images());
        GradientCheck.checkPredicting(
                BatchNorm.of(Activation.IDENTITY),
                Shape.vector(3),
                GradientCheck.array(GradientCheck.random(3), 1, 4, 3));
    }

    @Test
    void trainingOutputHasTheOffsetAsMeanAndTheScaleAsDeviation() {
        SinglePass run = new SinglePass(new BatchNorm(0.9, 1e-12, Activation.IDENTITY), IMAGE, true);
        INDArray y = run.layer().forward(images(), run.pass());
        for (int c = 0; c < 2; c++) {
            INDArray channel = y.slice(c, 1);
            assertEquals(run.value("offset").getDouble(c), channel.meanNumber().doubleValue(), 1e-9);
            assertEquals(
                    Math.abs(run.value("scale").getDouble(c)),
                    channel.stdNumber(false).doubleValue(),
                    1e-9);
        }
    }

    @Test
    void runningAveragesFollowTheBatchesAndServePrediction() {
        SinglePass run = new SinglePass(new BatchNorm(0.75, 1e-3, Activation.IDENTITY), IMAGE, true);
        INDArray x = images();
        run.layer().forward(x, run.pass());
        double mean = x.slice(1, 1).meanNumber().doubleValue();
        double variance = Math.pow(x.slice(1, 1).stdNumber(false).doubleValue(), 2);
        double runningMean = 0.25 * mean;
        double runningVariance = 0.75 + 0.25 * variance;
        assertEquals(runningMean, run.buffer("mean").getDouble(1), 1e-9);
        assertEquals(runningVariance, run.buffer("variance").getDouble(1), 1e-9);
        INDArray y = run.layer().forward(x, run.pass(false, 1));
        assertEquals(
                run.value("scale").getDouble(1)
                                * (x.getDouble(4, 1, 2, 3) - runningMean)
                                / Math.sqrt(runningVariance + 1e-3)
                        + run.value("offset").getDouble(1),
                y.getDouble(4, 1, 2, 3),
                1e-9);
        assertEquals(runningMean, run.buffer("mean").getDouble(1), 1e-9, "prediction moved the average");
    }

    @Test
    void predictionOfAnExampleDoesNotDependOnItsCompany() {
        SinglePass run = new SinglePass(BatchNorm.of(Activation.RELU), IMAGE, true);
        INDArray x = images();
        INDArray all = run.layer().forward(x, run.pass(false, 1));
        INDArray one = run.layer()
                .forward(
                        x.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(2, 3))
                                .dup(),
                        run.pass(false, 1));
        assertEquals(all.slice(2), one.slice(0));
    }

    @Test
    void statisticsOfInputsWithTheirOwnBuffersNeverMix() {
        Binder binder = Binder.create();
        Layer layer = BatchNorm.of(Activation.IDENTITY).bind(IMAGE, binder);
        SinglePass first = new SinglePass(layer, binder, true);
        SinglePass second = new SinglePass(layer, binder, true);
        layer.forward(images(), first.pass());
        layer.forward(images().muli(10), second.pass());
        assertNotEquals(first.buffer("mean"), second.buffer("mean"));
        INDArray before = first.buffer("mean").dup();
        layer.forward(images().muli(-7), second.pass());
        assertEquals(before, first.buffer("mean"));
    }

    @Test
    void maskedStepsDoNotCount() {
        Shape.Sequence shape = Shape.sequence(1);
        Binder binder = Binder.create();
        Layer layer = new BatchNorm(0, 1e-6, Activation.IDENTITY).bind(shape, binder);
        INDArray mean = Nd4j.createFromArray(new double[] {0});
        INDArray variance = Nd4j.createFromArray(new double[] {1});
        INDArray[] values = {Nd4j.createFromArray(new double[] {1}), Nd4j.createFromArray(new double[] {0})};
        Pass pass = new Pass(
                values,
                new INDArray[] {mean, variance},
                binder.slots(),
                Nd4j.createFromArray(new double[][] {{1, 1, 0}}),
                Nd4j.getRandomFactory().getNewRandomInstance(1),
                true);
        layer.forward(Nd4j.createFromArray(new double[] {2, 6, 1000}).reshape(1, 3, 1), pass);
        assertEquals(4, mean.getDouble(0), 1e-9);
        assertEquals(4, variance.getDouble(0), 1e-9);
    }

    @Test
    void survivesConstantChannelsAndLargeMeans() {
        SinglePass run = new SinglePass(BatchNorm.of(Activation.IDENTITY), IMAGE, true);
        INDArray y = run.layer().forward(images().assign(1e6), run.pass());
        assertEquals(run.value("offset").getDouble(0), y.getDouble(0), 1e-6);
        INDArray dx = run.layer().backward(images(), run.pass());
        assertTrue(Double.isFinite(dx.sumNumber().doubleValue()));
    }

    @Test
    void refusesBadSettingsAndTokens() {
        assertEquals(
                "batchNorm: momentum = 1.5; it must be from 0.0 to 1.0",
                refusal(() -> new BatchNorm(1.5, 1e-5, Activation.RELU)));
        assertEquals(
                "batchNorm: epsilon = 0.0; it must be finite and above 0",
                refusal(() -> new BatchNorm(0.9, 0, Activation.RELU)));
        assertEquals(
                "batchNorm: input is tokens(9); it takes numbers, so put an embedding before it",
                refusal(() -> BatchNorm.of(Activation.RELU).bind(Shape.tokens(9), Binder.create())));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
