package io.mtl4j.search;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A mixture of Gaussians, cut off at the ends of the scale: one at each value seen, as wide as the distance to the farther of
 * its neighbours, and one in the middle as wide as the scale, all of the same weight (Bergstra et al., NeurIPS 2011, section
 * 4.2). Widths are at least {@code range / min(100, n + 2)}.
 */
final class ParzenEstimator implements Density {

    private static final int FINEST = 100;

    private final Hyperparameter.Numeric parameter;
    private final double low;
    private final double high;
    private final double[] centers;
    private final double[] widths;

    ParzenEstimator(Hyperparameter.Numeric parameter, double[] places) {
        this.parameter = parameter;
        this.low = parameter.scaleLow();
        this.high = parameter.scaleHigh();
        double middle = (low + high) / 2;
        this.centers = Arrays.copyOf(places, places.length + 1);
        centers[places.length] = middle;
        Arrays.sort(centers);
        this.widths = new double[centers.length];
        double narrowest = (high - low) / Math.min(FINEST, centers.length + 1);
        for (int i = 0; i < widths.length; i++) {
            double left = centers[i] - (i == 0 ? low : centers[i - 1]);
            double right = (i + 1 == widths.length ? high : centers[i + 1]) - centers[i];
            widths[i] = Math.max(narrowest, Math.min(high - low, Math.max(left, right)));
        }
        widths[Arrays.binarySearch(centers, middle)] = high - low;
    }

    @Override
    public Object draw(RandomGenerator random) {
        int i = random.nextInt(centers.length);
        double place = centers[i] + widths[i] * random.nextGaussian();
        while (place < low
                || place > high) { // a centre is within, and no Gaussian is wider than the scale: at most 2 in 3 fail
            place = centers[i] + widths[i] * random.nextGaussian();
        }
        return parameter.value(place);
    }

    @Override
    public double log(Object value) {
        return Math.log(density(Math.max(low, Math.min(high, parameter.place(value)))));
    }

    /** The density at a place of the scale. */
    double density(double place) {
        double sum = 0;
        for (int i = 0; i < centers.length; i++) {
            double z = (place - centers[i]) / widths[i];
            double inside = normal((high - centers[i]) / widths[i]) - normal((low - centers[i]) / widths[i]);
            sum += Math.exp(-z * z / 2) / (Math.sqrt(2 * Math.PI) * widths[i] * inside);
        }
        return sum / centers.length;
    }

    /** The standard normal distribution function, to 8e-8 (Abramowitz and Stegun, 26.2.17). */
    private static double normal(double x) {
        double t = 1 / (1 + 0.2316419 * Math.abs(x));
        double tail = Math.exp(-x * x / 2)
                / Math.sqrt(2 * Math.PI)
                * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x < 0 ? tail : 1 - tail;
    }
}
