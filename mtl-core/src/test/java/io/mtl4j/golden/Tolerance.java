package io.mtl4j.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/** {@code max|got - expected| <= absolute + relative * max(max|expected|, 1e-4 * max|grads|)}. */
public record Tolerance(double relative, double absolute) {

    static Tolerance read(JsonNode node) {
        return new Tolerance(node.get("rtol").asDouble(), node.get("atol").asDouble());
    }

    /** Fails unless the vectors agree, in the scale of what is expected. */
    public void check(String what, double[] expected, double[] got) {
        check(what, expected, got, 0);
    }

    /** Fails unless the vectors agree, in the scale of what is expected or of the gradients. */
    public void check(String what, double[] expected, double[] got, double largestGradient) {
        assertEquals(expected.length, got.length, what + ": length");
        double scale = Math.max(largest(expected), 1e-4 * largestGradient);
        double allowed = absolute + relative * scale;
        for (int i = 0; i < got.length; i++) {
            assertTrue(
                    Math.abs(got[i] - expected[i]) <= allowed,
                    what + "[" + i + "] = " + got[i] + ", expected " + expected[i] + " within " + allowed + "; all: "
                            + brief(got) + ", expected " + brief(expected));
        }
    }

    static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    private static String brief(double[] values) {
        return Arrays.toString(Arrays.copyOf(values, Math.min(values.length, 12)));
    }
}
