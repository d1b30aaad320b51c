package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.layer.SequencePool.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SequencePoolTest {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void gradientsMatchFiniteDifferences(Kind kind) {
        INDArray x = GradientCheck.array(GradientCheck.random(1), 1, 4, 5, 3);
        GradientCheck.check(new SequencePool(kind), Shape.sequence(3), x, null);
        GradientCheck.check(new SequencePool(kind), Shape.sequence(3), x, Masks.mixed());
        GradientCheck.check(new SequencePool(kind), Shape.sequence(3), 1, 1, 3);
        GradientCheck.check(new SequencePool(kind), Shape.sequence(1), 3, 2, 1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void paddingDoesNotCount(Kind kind) {
        INDArray x = GradientCheck.array(GradientCheck.random(1), 1, 4, 5, 3);
        LayerRun run = new LayerRun(new SequencePool(kind), Shape.sequence(3), DataType.DOUBLE);
        INDArray y = run.forward(x, Masks.mixed());
        for (int b = 0; b < 4; b++) {
            INDArray alone = run.forward(Masks.realSteps(x, Masks.mixed(), b), null);
            assertEquals(alone.getRow(0), y.getRow(b), "example " + b);
        }
    }

    @Test
    void combinesTheStepsAsNamed() {
        INDArray x = Nd4j.createFromArray(new double[][][] {{{1, -1}, {5, -5}, {3, -3}, {99, 99}}});
        INDArray mask = Masks.mask("1110");
        assertEquals(Nd4j.createFromArray(new double[][] {{1, -1}}), pool(Kind.FIRST, x, mask));
        assertEquals(Nd4j.createFromArray(new double[][] {{3, -3}}), pool(Kind.LAST, x, mask));
        assertEquals(Nd4j.createFromArray(new double[][] {{3, -3}}), pool(Kind.MEAN, x, mask));
        assertEquals(Nd4j.createFromArray(new double[][] {{9, -9}}), pool(Kind.SUM, x, mask));
        assertEquals(Nd4j.createFromArray(new double[][] {{5, -1}}), pool(Kind.MAX, x, mask));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anExampleWithoutRealStepsGivesZeroAndGetsNoGradient(Kind kind) {
        INDArray x = GradientCheck.array(GradientCheck.random(1), 1, 2, 3, 2);
        LayerRun run = new LayerRun(new SequencePool(kind), Shape.sequence(2), DataType.DOUBLE);
        INDArray y = run.forward(x, Masks.mask("000", "110"));
        assertEquals(0, y.getRow(0).norm1Number().doubleValue());
        INDArray dx = run.backward(Nd4j.ones(DataType.DOUBLE, 2, 2));
        assertEquals(0, dx.slice(0).norm1Number().doubleValue());
        assertEquals(kind == Kind.SUM ? 4 : 2, dx.slice(1).sumNumber().doubleValue(), 1e-12);
    }

    @Test
    void equalMaximaShareTheGradient() {
        INDArray x = Nd4j.createFromArray(new double[][][] {{{2}, {0}, {2}}});
        LayerRun run = new LayerRun(new SequencePool(Kind.MAX), Shape.sequence(1), DataType.DOUBLE);
        run.forward(x, null);
        assertEquals(
                Nd4j.createFromArray(new double[][][] {{{0.5}, {0}, {0.5}}}),
                run.backward(Nd4j.ones(DataType.DOUBLE, 1, 1)));
    }

    @Test
    void refusesWhatIsNoSequenceAndComputesNoUnwantedGradient() {
        assertEquals(
                "sequence pool: input is tokens(3); it takes a sequence of feature vectors",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new SequencePool(Kind.MAX).bind(Shape.tokens(3), Binder.create()))
                        .getMessage());
        for (Kind kind : Kind.values()) {
            Binder binder = Binder.create().dataInput(true);
            Layer layer = new SequencePool(kind).bind(Shape.sequence(2), binder);
            Pass pass = new Pass(new INDArray[0], new INDArray[0], binder.slots(), null, null, false);
            layer.forward(Nd4j.ones(DataType.DOUBLE, 1, 2, 2), pass);
            assertNull(layer.backward(Nd4j.ones(DataType.DOUBLE, 1, 2), pass));
        }
    }

    private static INDArray pool(Kind kind, INDArray x, INDArray mask) {
        return new LayerRun(new SequencePool(kind), Shape.sequence(2), DataType.DOUBLE).forward(x, mask);
    }
}
