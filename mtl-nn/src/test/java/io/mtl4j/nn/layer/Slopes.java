package io.mtl4j.nn.layer;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Slopes by central differences, for tests of gradients in double precision. Arrays end as they were. */
public final class Slopes {

    private static final double STEP = 1e-5;

    private Slopes() {}

    /** The slope of a function of an array in one of its elements. */
    public static double of(DoubleSupplier function, INDArray x, long element) {
        return ofAll(() -> new double[] {function.getAsDouble()}, x, element)[0];
    }

    /** The slopes of several functions of an array in one of its elements. */
    public static double[] ofAll(Supplier<double[]> functions, INDArray x, long element) {
        double old = x.getDouble(element);
        x.putScalar(element, old + STEP);
        double[] up = functions.get();
        x.putScalar(element, old - STEP);
        double[] down = functions.get();
        x.putScalar(element, old);
        double[] slopes = new double[up.length];
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = (up[k] - down[k]) / (2 * STEP);
        }
        return slopes;
    }
}
