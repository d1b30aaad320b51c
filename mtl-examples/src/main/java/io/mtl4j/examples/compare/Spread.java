package io.mtl4j.examples.compare;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * Mean and standard deviation over seeds.
 *
 * @param mean the mean; NaN of nothing
 * @param deviation the sample standard deviation, with n - 1; NaN of fewer than two
 */
record Spread(double mean, double deviation) {

    /** Of all numbers that are finite. */
    static Spread of(Collection<Double> numbers) {
        double[] finite = numbers.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
        double mean = Arrays.stream(finite).average().orElse(Double.NaN);
        double squares = Arrays.stream(finite).map(x -> (x - mean) * (x - mean)).sum();
        return new Spread(mean, finite.length < 2 ? Double.NaN : Math.sqrt(squares / (finite.length - 1)));
    }

    /** For people: such as {@code 91.25 ± 0.31}, each number times the factor. */
    String text(double factor, int digits) {
        if (Double.isNaN(mean)) {
            return "-";
        }
        String format = "%." + digits + "f";
        String text = String.format(Locale.ROOT, format, factor * mean);
        return Double.isNaN(deviation) ? text : text + " ± " + String.format(Locale.ROOT, format, factor * deviation);
    }
}
