package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class LstmStacksTest {

    private static final int UNITS = 3;
    private static final LstmStacks SPEC = new LstmStacks(2, 0);

    @Test
    void gradientsMatchFiniteDifferences() {
        INDArray x = GradientCheck.array(GradientCheck.random(1), 1, 4, 5, UNITS);
        GradientCheck.check(SPEC, Shape.sequence(UNITS), x, Masks.mixed());
        GradientCheck.check(new LstmStacks(3, 0.4), Shape.sequence(2), 2, 3, 2);
        GradientCheck.check(new LstmStacks(1, 0), Shape.sequence(2), 1, 1, 2);
    }

    @Test
    void singlePrecisionAgreesWithDouble() {
        PrecisionCheck.check(SPEC, Shape.sequence(8), 3, 6, 8);
        PrecisionCheck.check(new LstmStacks(1, 0), Shape.sequence(5), 1, 1, 5);
    }

    @Test
    void aStepChangesNoForwardStateBeforeItAndNoBackwardStateAfterIt() {
        LayerRun run = new LayerRun(SPEC, Shape.sequence(UNITS), DataType.DOUBLE);
        INDArray x = GradientCheck.array(GradientCheck.random(1), 1, 1, 6, UNITS);
        INDArray y = run.forward(x, null);
        for (int changed = 0; changed < 6; changed++) {
            INDArray other = x.dup();
            other.putScalar(0, changed, 1, 7);
            INDArray z = run.forward(other, null);
            for (int t = 0; t < 6; t++) {
                for (int layer = 1; layer <= 2; layer++) {
                    boolean ahead = part(y, t, layer, 0).equals(part(z, t, layer, 0));
                    boolean back = part(y, t, layer, 1).equals(part(z, t, layer, 1));
                    assertEquals(t < changed, ahead, "forward, layer " + layer + ", step " + t);
                    assertEquals(t > changed, back, "backward, layer " + layer + ", step " + t);
                }
            }
        }
    }

    @Test
    void layersAreThoseOfLstmsOfEachDirectionWithResidualsAboveTheFirst() {
        LayerRun run = new LayerRun(SPEC, Shape.sequence(UNITS), DataType.DOUBLE);
        INDArray x = GradientCheck.array(GradientCheck.random(1), 1, 2, 4, UNITS);
        INDArray y = run.forward(x, null);
        String[] sides = {"forward", "backward"};
        for (int side = 0; side < 2; side++) {
            INDArray h = x;
            assertEquals(x, features(y, 0, side));
            for (int j = 0; j < 2; j++) {
                Lstm lstm = new Lstm(
                        UNITS, Lstm.Direction.values()[side], Lstm.Output.EVERY_STEP, Initializer.GLOROT_UNIFORM);
                LayerRun alone = new LayerRun(lstm, Shape.sequence(UNITS), DataType.DOUBLE);
                for (String name : new String[] {"W", "R", "b"}) {
                    alone.value(name).assign(run.value(sides[side] + "." + j + ".1." + name));
                }
                INDArray read = alone.forward(h, null);
                h = j == 0 ? read : h.add(read);
                assertTrue(h.equalsWithEps(features(y, j + 1, side), 1e-12));
            }
        }
    }

    @Test
    void paddingDoesNotMatter() {
        INDArray x = GradientCheck.array(GradientCheck.random(1), 1, 4, 5, UNITS);
        LayerRun run = new LayerRun(SPEC, Shape.sequence(UNITS), DataType.DOUBLE);
        INDArray mask = Masks.mixed();
        INDArray y = run.forward(x, mask);
        for (int b = 0; b < 4; b++) {
            INDArray alone = run.forward(Masks.realSteps(x, mask, b), null);
            assertTrue(alone.equalsWithEps(Masks.realSteps(y, mask, b), 1e-12), "example " + b);
        }
    }

    @Test
    void dropoutIsForTrainingOnlyAndRefusalsSayTheRule() {
        INDArray x = GradientCheck.array(GradientCheck.random(1), 1, 2, 4, UNITS);
        LayerRun run = new LayerRun(new LstmStacks(1, 0.5), Shape.sequence(UNITS), DataType.DOUBLE);
        assertEquals(run.forward(x, null), run.forward(x, null));
        SinglePass training = new SinglePass(run.layer(), run.binder(), true);
        SinglePass predicting = new SinglePass(run.layer(), run.binder(), false);
        assertNotEquals(run.layer().forward(x, training.pass()), run.layer().forward(x, predicting.pass()));
        assertEquals(
                "LSTM stacks: input is vector(3); it takes a sequence of feature vectors",
                assertThrows(IllegalArgumentException.class, () -> SPEC.bind(Shape.vector(3), Binder.create()))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new LstmStacks(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new LstmStacks(1, 1));
    }

    private static INDArray features(INDArray y, int layer, int side) {
        long from = (2L * layer + side) * UNITS;
        return y.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, from + UNITS))
                .dup('c');
    }

    private static INDArray part(INDArray y, int step, int layer, int side) {
        return features(y, layer, side).slice(0).getRow(step);
    }
}
