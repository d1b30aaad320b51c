package io.mtl4j.metric;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * Mean and standard deviation, over seeds or folds.
 *
 * @param mean the mean; NaN of nothing
 * @param deviation the sample standard deviation, with n - 1; NaN of fewer than two
 */
public record Spread(double mean, double deviation) {

    /**
     * {@return mean and deviation of all numbers that are finite}
     *
     * @param numbers the numbers; others than finite ones are left out
     */
    public static Spread of(Collection<Double> numbers) {
        double[] finite = numbers.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
        double mean = Arrays.stream(finite).average().orElse(Double.NaN);
        double squares = Arrays.stream(finite).map(x -> (x - mean) * (x - mean)).sum();
        return new Spread(mean, finite.length < 2 ? Double.NaN : Math.sqrt(squares / (finite.length - 1)));
    }

    /**
     * {@return this for people, such as {@code 91.25 ± 0.31}; - of nothing}
     *
     * @param factor what multiplies both, such as 100 for per cent
     * @param digits the digits after the point
     */
    public String text(double factor, int digits) {
        if (Double.isNaN(mean)) {
            return "-";
        }
        String format = "%." + digits + "f";
        String text = String.format(Locale.ROOT, format, factor * mean);
        return Double.isNaN(deviation) ? text : text + " ± " + String.format(Locale.ROOT, format, factor * deviation);
    }
}
