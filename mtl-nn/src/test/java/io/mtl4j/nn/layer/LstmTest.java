package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.Lstm.Direction;
import io.mtl4j.nn.layer.Lstm.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LstmTest {

    private static final INDArray X = GradientCheck.array(GradientCheck.random(1), 1, 4, 5, 3);

    private static Lstm lstm(int units, Direction direction, Output output) {
        return new Lstm(units, direction, output, Initializer.GLOROT_UNIFORM);
    }

    @ParameterizedTest
    @CsvSource({
        "FORWARD, EVERY_STEP", "BACKWARD, EVERY_STEP", "BIDIRECTIONAL, EVERY_STEP",
        "FORWARD, FINAL_STATE", "BACKWARD, FINAL_STATE", "BIDIRECTIONAL, FINAL_STATE"
    })
    void gradientsMatchFiniteDifferencesWithAndWithoutPadding(Direction direction, Output output) {
        GradientCheck.check(lstm(2, direction, output), Shape.sequence(3), 2, 3, 3);
        GradientCheck.check(lstm(2, direction, output), Shape.sequence(3), X, Masks.mixed());
        GradientCheck.check(
                lstm(2, direction, output), Shape.sequence(3), X, Masks.mask("11000", "01000", "00000", "11100"));
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void worksForSizesOfOne(Direction direction) {
        GradientCheck.check(lstm(1, direction, Output.EVERY_STEP), Shape.sequence(1), 1, 1, 1);
        GradientCheck.check(lstm(1, direction, Output.EVERY_STEP), Shape.sequence(2), 3, 1, 2);
        GradientCheck.check(lstm(3, direction, Output.FINAL_STATE), Shape.sequence(1), 1, 4, 1);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void stackedLayersPropagate(Direction direction) {
        Chain chain = Chain.of(lstm(2, direction, Output.EVERY_STEP), lstm(2, direction, Output.FINAL_STATE));
        GradientCheck.check(chain, Shape.sequence(3), X, Masks.mixed());
    }

    @ParameterizedTest
    @CsvSource({
        "FORWARD, EVERY_STEP", "BACKWARD, EVERY_STEP", "BIDIRECTIONAL, EVERY_STEP",
        "FORWARD, FINAL_STATE", "BACKWARD, FINAL_STATE", "BIDIRECTIONAL, FINAL_STATE"
    })
    void paddedExamplesGiveTheResultsOfTheSameExamplesWithoutPadding(Direction direction, Output output) {
        LayerRun run = new LayerRun(lstm(4, direction, output), Shape.sequence(3), DataType.DOUBLE);
        INDArray mask = Masks.mixed();
        INDArray y = run.forward(X, mask);
        for (int b = 0; b < 4; b++) {
            INDArray alone = run.forward(Masks.realSteps(X, mask, b), null);
            INDArray here = output == Output.FINAL_STATE ? y.getRow(b, true) : Masks.realSteps(y, mask, b);
            assertArrayEquals(
                    alone.dup('c').data().asDouble(), here.dup('c').data().asDouble(), 1e-14, "example " + b);
        }
        if (output == Output.EVERY_STEP) {
            assertEquals(0, y.slice(0).getRow(4).norm1Number().doubleValue(), "output of padding");
        }
    }

    @Test
    void finalStatesAreTheLastStepsRead() {
        LayerRun every =
                new LayerRun(lstm(2, Direction.BIDIRECTIONAL, Output.EVERY_STEP), Shape.sequence(3), DataType.DOUBLE);
        LayerRun last =
                new LayerRun(lstm(2, Direction.BIDIRECTIONAL, Output.FINAL_STATE), Shape.sequence(3), DataType.DOUBLE);
        INDArray steps = every.forward(X, Masks.mixed());
        INDArray state = last.forward(X, Masks.mixed());
        assertEquals(Shape.vector(4), last.layer().outputShape());
        assertEquals(Shape.sequence(4), every.layer().outputShape());
        assertEquals(steps.getDouble(0, 2, 1), state.getDouble(0, 1), "forward, last real step");
        assertEquals(steps.getDouble(1, 2, 3), state.getDouble(1, 3), "backward, first real step");
    }

    @Test
    void paddingHoldsNothingThatMatters() {
        INDArray other = X.dup();
        other.slice(0).getRow(4).assign(1e3);
        other.slice(2).getRow(1).assign(-1e3);
        LayerRun run =
                new LayerRun(lstm(2, Direction.BIDIRECTIONAL, Output.EVERY_STEP), Shape.sequence(3), DataType.DOUBLE);
        INDArray y = run.forward(X, Masks.mixed());
        INDArray dx = run.backward(y);
        INDArray dw = run.gradient("backward.W").dup();
        assertEquals(y, run.forward(other, Masks.mixed()));
        assertEquals(dx, run.backward(y));
        assertEquals(dw, run.gradient("backward.W"));
        assertEquals(0, dx.slice(0).getRow(4).norm1Number().doubleValue());
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void paddingMayEvenBeNoNumber(DataType type) {
        INDArray mask = Masks.mask("00000", "11100", "10011", "01110");
        INDArray x = X.castTo(type);
        INDArray other = x.dup();
        for (int row = 0; row < 20; row++) {
            if (mask.getDouble(row / 5, row % 5) == 0) {
                other.slice(row / 5).getRow(row % 5).assign(Double.NaN);
            }
        }
        LayerRun run = new LayerRun(lstm(2, Direction.BIDIRECTIONAL, Output.EVERY_STEP), Shape.sequence(3), type);
        INDArray y = run.forward(x, mask);
        INDArray dx = run.backward(y);
        INDArray dw = run.gradient("forward.W").dup();
        assertEquals(y, run.forward(other, mask));
        assertEquals(dx, run.backward(y));
        assertEquals(dw, run.gradient("forward.W"));
        assertEquals(0, y.slice(0).norm1Number().doubleValue(), "the example without real steps");
        assertTrue(Double.isFinite(dw.sumNumber().doubleValue()));
    }

    @Test
    void forgetGatesStartOpen() {
        Binder binder = Binder.create();
        new Lstm(3).bind(Shape.sequence(2), binder);
        Parameter bias = binder.parameters().get(2);
        assertArrayEquals(
                new double[] {0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0},
                bias.start().orElseThrow().values(new Seed(1)).data().asDouble());
        assertTrue(!bias.penalty().decays());
    }

    @Test
    void refusesTokensAndBadSizes() {
        assertEquals(
                "lstm: units = 0; it must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> new Lstm(0)).getMessage());
        assertEquals(
                "lstm: input is tokens(9); it takes a sequence of feature vectors, so put an embedding before it if these are tokens",
                assertThrows(IllegalArgumentException.class, () -> new Lstm(1).bind(Shape.tokens(9), Binder.create()))
                        .getMessage());
    }

    @Test
    void singlePrecisionAgreesWithDouble() {
        INDArray y = new LayerRun(new Lstm(4), Shape.sequence(3), DataType.DOUBLE).forward(X, Masks.mixed());
        INDArray f = new LayerRun(new Lstm(4), Shape.sequence(3), DataType.FLOAT)
                .forward(X.castTo(DataType.FLOAT), Masks.mixed());
        assertEquals(DataType.FLOAT, f.dataType());
        assertEquals(0, f.castTo(DataType.DOUBLE).sub(y).normmaxNumber().doubleValue(), 1e-5);
        assertEquals(Nd4j.zeros(DataType.FLOAT, 4), f.slice(0).getRow(3));
    }
}
