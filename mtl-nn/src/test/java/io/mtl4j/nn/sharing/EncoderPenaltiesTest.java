package io.mtl4j.nn.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.ParameterPenalty;
import io.mtl4j.nn.layer.Slopes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class EncoderPenaltiesTest {

    private final Binder binder = Binder.create();

    /** One parameter of each of some encoders. */
    private List<Parameter> alike(int encoders, long... shape) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < encoders; i++) {
            parameters.add(binder.child("e" + binder.parameters().size()).weight("W", Initializer.ZEROS, 1, 1, shape));
        }
        return parameters;
    }

    private static Function<Parameter, INDArray> arrays(INDArray... arrays) {
        return p -> arrays[p.index()];
    }

    private static INDArray row(double... values) {
        return Nd4j.createFromArray(values);
    }

    @Test
    void valuesAreThoseOfTheFormulas() {
        List<List<Parameter>> three = List.of(alike(3, 2));
        // Distances 5, 5 and 6.
        Function<Parameter, INDArray> triangle = arrays(row(0, 0), row(3, 4), row(-3, 4));
        assertEquals(0.5 * (25 + 25 + 36), new EncoderDistance(0.5, three).value(triangle), 1e-12);
        List<List<Parameter>> two = List.of(three.get(0).subList(0, 2));
        assertEquals(2 * 7, new EncoderTraceNorm(2, two).value(arrays(row(3, 0), row(0, 4))), 1e-5);
        // Encoders that are alike are a matrix of rank 1, whose singular value is its length.
        assertEquals(Math.sqrt(50), new EncoderTraceNorm(1, two).value(arrays(row(3, 4), row(3, 4))), 2e-3);
    }

    @Test
    void gradientsMatch() {
        List<List<Parameter>> alike = List.of(alike(3, 2, 3), alike(3, 4));
        INDArray[] values = new INDArray[6];
        for (int i = 0; i < values.length; i++) {
            values[i] = GradientCheck.array(GradientCheck.random(i), 1, i < 3 ? new long[] {2, 3} : new long[] {4});
        }
        check(new EncoderDistance(0.7, alike), values);
        check(new EncoderTraceNorm(0.7, alike), values);
        values[1].assign(values[0]);
        check(new EncoderTraceNorm(0.7, alike), values);
    }

    private static void check(ParameterPenalty penalty, INDArray[] values) {
        INDArray[] gradients = new INDArray[values.length];
        for (int i = 0; i < values.length; i++) {
            gradients[i] = values[i].like().addi(3);
        }
        penalty.addGradient(arrays(values), arrays(gradients));
        for (int i = 0; i < values.length; i++) {
            for (long at = 0; at < values[i].length(); at++) {
                double slope = Slopes.of(() -> penalty.value(arrays(values)), values[i], at);
                assertEquals(slope, gradients[i].getDouble(at) - 3, 1e-5);
            }
        }
    }

    @Test
    void equalEncodersArePulledTowardsZeroByTheTraceNormOnly() {
        List<List<Parameter>> two = List.of(alike(2, 2));
        INDArray[] values = {row(3, 4), row(3, 4)};
        INDArray[] gradients = {row(0, 0), row(0, 0)};
        new EncoderDistance(1, two).addGradient(arrays(values), arrays(gradients));
        assertEquals(row(0, 0), gradients[0]);
        new EncoderTraceNorm(1, two).addGradient(arrays(values), arrays(gradients));
        assertTrue(
                gradients[0].equalsWithEps(row(3 / Math.sqrt(50), 4 / Math.sqrt(50)), 1e-6), gradients[0].toString());
    }
}
