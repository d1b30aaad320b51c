package io.mtl4j.nn.head;

import static io.mtl4j.nn.layer.GradientCheck.array;
import static io.mtl4j.nn.layer.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.head.LossFunction.Result;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CrfScoresTest {

    private static final int TAGS = 3;

    private final Binder binder = Binder.create();
    private final Layer layer = new CrfScores().bind(Shape.sequence(TAGS), binder);
    private final INDArray[] values = binder.parameters().stream()
            .map(p -> array(random(p.index()), 1, p.shape()))
            .toArray(INDArray[]::new);
    private final INDArray[] gradients = binder.parameters().stream()
            .map(p -> Nd4j.valueArrayOf(p.shape(), Double.NaN, DataType.DOUBLE))
            .toArray(INDArray[]::new);

    private Pass pass(INDArray mask) {
        Pass pass = new Pass(values, new INDArray[0], binder.slots(), mask, null, false);
        pass.collectGradients(gradients);
        return pass;
    }

    private Result loss(INDArray scores, INDArray labels, INDArray mask) {
        return new CrfLoss().evaluate(layer.forward(scores, pass(mask)), labels, mask);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void gradientsMatchFiniteDifferences(int time) {
        GradientCheck.check(new CrfScores(), Shape.sequence(TAGS), 2, time, TAGS);
    }

    @Test
    void paddingWhereverItIsChangesNothing() {
        INDArray e = array(random(5), 1, 1, 3, TAGS);
        INDArray labels = Nd4j.createFromArray(new double[][] {{2, 1, 1}});
        Result plain = loss(e, labels, null);
        INDArray wide = array(random(6), 5, 1, 6, TAGS);
        INDArray wideLabels = Nd4j.valueArrayOf(new long[] {1, 6}, Double.NaN);
        int[] places = {1, 3, 4};
        INDArray mask = Nd4j.zeros(DataType.DOUBLE, 1, 6);
        for (int t = 0; t < 3; t++) {
            wide.slice(0).putRow(places[t], e.slice(0).getRow(t));
            wideLabels.putScalar(0, places[t], labels.getDouble(0, t));
            mask.putScalar(0, places[t], 1);
        }
        Result padded = loss(wide, wideLabels, mask);
        assertEquals(plain.value(), padded.value());
        INDArray de = layer.backward(plain.gradient(), pass(null)).slice(0);
        INDArray[] expected = {gradients[0].dup(), gradients[1].dup(), gradients[2].dup()};
        INDArray wideDe = layer.backward(padded.gradient(), pass(mask)).slice(0);
        for (int p = 0; p < 3; p++) {
            assertEquals(expected[p], gradients[p], binder.parameters().get(p).name());
        }
        assertEquals(de, wideDe.getRows(places));
        assertEquals(0, wideDe.getRows(0, 2, 5).amaxNumber().doubleValue());
    }

    @Test
    void aSequenceOfPaddingHasNoPartInTheGradients() {
        INDArray e = array(random(5), 1, 2, 3, TAGS);
        INDArray labels = Nd4j.createFromArray(new double[][] {{2, 1, 1}, {Double.NaN, Double.NaN, Double.NaN}});
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1, 1}, {0, 0, 0}});
        Result result = loss(e, labels, mask);
        assertEquals(1, result.count());
        INDArray de = layer.backward(result.gradient(), pass(mask));
        assertEquals(0, de.slice(1).amaxNumber().doubleValue());
    }

    @Test
    void takesSequencesOnly() {
        assertEquals(
                "crf: input is vector(4); it takes a score for each tag at each step of a sequence",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new CrfScores().bind(Shape.vector(4), Binder.create()))
                        .getMessage());
    }
}
