package io.mtl4j.nn.data;

/** Running mean and standard deviation of many numbers, by Welford's method, which does not cancel. */
final class Moments {

    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("standardizer: a value is " + value + "; values must be finite");
        }
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    /** {@return the population standard deviation; 1 if all values are equal, so that it can be divided by} */
    double std() {
        double std = Math.sqrt(squares / count);
        return std > 0 ? std : 1;
    }
}
