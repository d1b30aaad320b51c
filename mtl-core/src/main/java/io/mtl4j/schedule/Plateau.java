package io.mtl4j.schedule;

import io.mtl4j.task.Task;
import java.util.Map;
import java.util.SortedMap;

/** Watches whether a task's main metric on validation data still improves. */
final class Plateau {

    private double best = Double.NaN;
    private int epochsSince;

    /** Takes in an epoch, and tells for how many epochs in succession there was no improvement. */
    int update(Task task, Map<String, SortedMap<String, Double>> validation) {
        double value = ValidationMetrics.value(validation, task.name(), task.metric());
        if (Double.isNaN(best) || task.direction().better(value, best)) {
            best = value;
            epochsSince = 0;
        } else {
            epochsSince++;
        }
        return epochsSince;
    }

    double[] state() {
        return new double[] {best, epochsSince};
    }

    static Plateau of(double best, double epochsSince) {
        Plateau plateau = new Plateau();
        plateau.best = best;
        plateau.epochsSince = (int) epochsSince;
        return plateau;
    }
}
