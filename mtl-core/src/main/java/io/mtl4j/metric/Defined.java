package io.mtl4j.metric;

import java.util.stream.DoubleStream;

/** The mean over what is defined: NaN values are left out, and the mean of none is NaN. */
final class Defined {
    private Defined() {}

    static double mean(DoubleStream values) {
        return values.filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
    }
}
