package io.mtl4j.nn.head;

import static io.mtl4j.nn.layer.GradientCheck.array;
import static io.mtl4j.nn.layer.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.head.LossFunction.Result;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SegmentationHeadTest extends HeadContract {

    private static final TaskHead HEAD = Tasks.segmentation("mask", 3)
            .activation(Activation.TANH)
            .transposedConv(4, 2, 2)
            .hidden(3);

    @Override
    Head head() {
        return HEAD;
    }

    @Override
    Shape representation() {
        return Shape.image(2, 2, 1);
    }

    @Override
    INDArray logits() {
        return array(random(5), 2, BATCH, 3, 4, 2);
    }

    @Override
    INDArray labels(RandomGenerator random) {
        INDArray labels = Nd4j.create(DataType.DOUBLE, BATCH, 4, 2);
        for (int i = 0; i < labels.length(); i++) {
            labels.putScalar(i, random.nextInt(3));
        }
        return labels;
    }

    @Override
    double badLabel() {
        return 3;
    }

    @Override
    long[] wrongShape() {
        return new long[] {BATCH, 8};
    }

    @Test
    void lossIsTheMeanOverPixelsThatHaveALabel() {
        INDArray logits = logits();
        INDArray labels = labels(random(2));
        labels.putScalar(new long[] {0, 1, 1}, Double.NaN);
        Result result = HEAD.loss().evaluate(logits, labels, HEAD.effectiveMask(labels, null, null));
        double sum = 0;
        for (int i = 0; i < BATCH; i++) {
            for (int row = 0; row < 4; row++) {
                for (int column = 0; column < 2; column++) {
                    double label = labels.getDouble(i, row, column);
                    double total = 0;
                    for (int c = 0; c < 3; c++) {
                        total += Math.exp(logits.getDouble(i, c, row, column));
                    }
                    sum += Double.isNaN(label) ? 0 : Math.log(total) - logits.getDouble(i, (int) label, row, column);
                }
            }
        }
        assertEquals(BATCH * 8 - 1, result.count());
        assertEquals(sum / (BATCH * 8 - 1), result.value(), 1e-12);
        LossCheck.gradient(HEAD.loss(), logits, labels, HEAD.effectiveMask(labels, null, null));
    }

    @Test
    void probabilitiesInSinglePrecisionAreThoseInDouble() {
        INDArray logits = array(random(6), 3, 4, 11, 28, 28);
        INDArray single = HEAD.activate(logits.castTo(DataType.FLOAT));
        INDArray difference = HEAD.activate(logits).sub(single.castTo(DataType.DOUBLE));
        assertEquals(0, difference.amaxNumber().doubleValue(), 1e-6);
        assertEquals(0, single.sum(1).sub(1).amaxNumber().doubleValue(), 1e-5);
    }

    @Test
    void answersTheClassesRowByRow() {
        INDArray outputs = Nd4j.zeros(1, 3, 2, 2);
        int[] classes = {2, 0, 1, 1};
        for (int pixel = 0; pixel < 4; pixel++) {
            outputs.putScalar(new long[] {0, classes[pixel], pixel / 2, pixel % 2}, 1);
        }
        TaskPrediction answer =
                HEAD.classNames("sky", "road", "tree").decode(outputs, null).get(0);
        assertEquals(List.of(2, 0, 1, 1), answer.classes());
        assertEquals(List.of("tree", "sky", "road", "road"), answer.labels());
        assertArrayEquals(new double[] {1, 0, 0}, answer.values().get(1));
        TaskMetrics metrics = HEAD.newMetrics();
        INDArray labels = Nd4j.createFromArray(2.0, 0.0, 1.0, Double.NaN).reshape(1, 2, 2);
        HEAD.score(metrics, outputs, labels, HEAD.effectiveMask(labels, null, null));
        assertEquals(1, metrics.value("mean-iou"));
    }

    @Test
    void decodersStandBeforeHiddenLayersInTheirOrder() {
        Chain chain = (Chain) Tasks.segmentation("mask", 3)
                .hidden(8)
                .dropout(0.1)
                .upsample(3)
                .transposedConv(5, 4, 2)
                .network(Shape.image(2, 4, 4));
        assertEquals(
                List.of("Upsample2d", "TransposedConv2d", "Dropout", "Conv2d", "Dropout", "Conv2d"),
                chain.layers().stream()
                        .map(layer -> layer.getClass().getSimpleName())
                        .toList());
        assertEquals(
                Shape.image(3, 24, 24),
                chain.bind(Shape.image(2, 4, 4), Binder.create()).outputShape());
    }

    @Test
    void refusalsSayWhatIsWrong() {
        assertEquals(
                "task \"mask\" answers for each pixel, but its representation is vector(128); use an encoder that keeps"
                        + " pictures, such as a cnn() without dense and globalPool",
                refusal(() -> HEAD.network(Shape.vector(128))));
        assertEquals(
                "task \"digit\" of kind MULTI_CLASS: upsample is for tasks that answer for each pixel,"
                        + " Tasks.segmentation and Tasks.pixelRegression",
                refusal(() -> Tasks.classification("digit", 10).upsample(2)));
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, BATCH, 4, 2);
        labels.putScalar(new long[] {1, 2, 1}, 1.5);
        assertEquals(
                "task \"mask\": label 1.5 at example 1, row 2, column 1; classes are 0 to 2, and NaN is a pixel without"
                        + " label",
                refusal(() -> HEAD.checkLabels(labels, null, BATCH)));
        assertEquals(
                "labels of shape [5, 8, 4] for answers of shape [5, 3, 4, 2]: 8x4 pixels cannot be learned from 4x2; add"
                        + " upsample(...) or transposedConv(...) to the head, or scale the labels",
                refusal(() -> HEAD.loss().evaluate(logits(), Nd4j.zeros(BATCH, 8, 4), null)));
        assertThrows(IllegalArgumentException.class, () -> HEAD.loss(Losses.huber(1)));
    }

    private static String refusal(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
