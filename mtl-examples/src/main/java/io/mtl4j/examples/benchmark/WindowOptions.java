package io.mtl4j.examples.benchmark;

import java.util.List;
import picocli.CommandLine.Option;

/** How long to measure. */
final class WindowOptions {

    @Option(names = "--windows", description = "Windows to measure, of which the median counts; ${DEFAULT-VALUE}.")
    private int windows = 5;

    @Option(names = "--seconds", description = "Length of a window; ${DEFAULT-VALUE}.")
    private double seconds = 1;

    @Option(names = "--warmup", description = "Seconds before the first window; ${DEFAULT-VALUE}.")
    private double warmup = 3;

    int windows() {
        return windows;
    }

    double seconds() {
        return seconds;
    }

    double warmup() {
        return warmup;
    }

    void check() {
        if (windows < 1 || !(seconds > 0) || !(warmup >= 0)) {
            throw new IllegalArgumentException("--windows=" + windows + ", --seconds=" + seconds + ", --warmup="
                    + warmup + "; give at least one window, of more than 0 seconds");
        }
    }

    /** {@return the middle value; of an even number of values the greater of the two} */
    double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
