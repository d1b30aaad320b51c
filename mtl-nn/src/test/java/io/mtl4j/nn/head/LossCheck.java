package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.head.LossFunction.Result;
import io.mtl4j.nn.layer.Slopes;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares a loss's gradient with central finite differences in double precision. */
final class LossCheck {

    private static final double TOLERANCE = 1e-7;

    private LossCheck() {}

    static void gradient(LossFunction loss, INDArray logits, INDArray labels, INDArray mask) {
        INDArray before = logits.dup();
        Result result = loss.evaluate(logits, labels, mask);
        assertEquals(before, logits, "evaluate changed its logits");
        assertArrayEquals(logits.shape(), result.gradient().shape());
        assertEquals(logits.dataType(), result.gradient().dataType());
        for (long i = 0; i < logits.length(); i++) {
            double numeric = Slopes.of(() -> loss.evaluate(logits, labels, mask).value(), logits, i);
            assertEquals(
                    numeric, result.gradient().getDouble(i), TOLERANCE * Math.max(1, Math.abs(numeric)), "logit " + i);
        }
    }
}
