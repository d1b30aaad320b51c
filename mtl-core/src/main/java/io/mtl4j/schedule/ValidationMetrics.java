package io.mtl4j.schedule;

import java.util.Map;
import java.util.SortedMap;

/** Looks up a validation metric, or says clearly why it cannot be used. */
final class ValidationMetrics {

    private ValidationMetrics() {}

    static double value(Map<String, SortedMap<String, Double>> validation, String task, String metric) {
        SortedMap<String, Double> metrics = validation.get(task);
        if (metrics == null) {
            throw new IllegalArgumentException("task \"" + task + "\": no validation metrics among those of "
                    + validation.keySet() + "; early stopping needs validation data for each task it monitors");
        }
        Double value = metrics.get(metric);
        if (value == null) {
            throw new IllegalArgumentException("task \"" + task + "\": no validation metric \"" + metric + "\" among "
                    + metrics.keySet() + "; monitor one of these, or have it computed");
        }
        if (!Double.isFinite(value)) {
            throw new ArithmeticException("task \"" + task + "\": validation metric \"" + metric + "\" is " + value
                    + "; early stopping compares finite values only: give validation data on which it is defined,"
                    + " or monitor another");
        }
        return value;
    }
}
