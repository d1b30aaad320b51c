package io.mtl4j.examples.compare;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Hears a training and keeps what tables and pictures need of every step. */
final class History implements TrainingListener {

    private final int every;
    private final List<Step> steps = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private int stepsPerEpoch;
    private double cosine = Double.NaN;

    /**
     * One step.
     *
     * @param epochs epochs done with it, with fractions
     * @param cosine least cosine between the gradients of two tasks; NaN where it was not measured
     * @param weights by task; NaN where the method has none
     */
    record Step(double epochs, double cosine, List<Double> weights) {}

    /** Listens to a training in which gradients are looked at in every n-th step, whether more are known or not; 0 for none. */
    History(int every) {
        this.every = every;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started started) {
            stepsPerEpoch = started.stepsPerEpoch();
        } else if (event instanceof TrainingEvent.GramianSeen seen) {
            cosine = leastCosine(seen.gramian());
        } else if (event instanceof TrainingEvent.StepDone done) {
            add(done);
        }
    }

    private void add(TrainingEvent.StepDone done) {
        boolean probed = every > 0 && steps.size() % every == 0;
        steps.add(new Step(
                done.epoch() + (done.step() + 1.0) / stepsPerEpoch,
                probed ? cosine : Double.NaN,
                Arrays.stream(done.weights()).boxed().toList()));
        if (!probed) {
            nanos.add(done.nanos());
        }
        cosine = Double.NaN;
    }

    /** NaN when fewer than two gradients are longer than 0. */
    private static double leastCosine(double[][] gramian) {
        double least = Double.NaN;
        for (int i = 0; i < gramian.length; i++) {
            for (int j = 0; j < i; j++) {
                double lengths = Math.sqrt(gramian[i][i] * gramian[j][j]);
                if (lengths > 0 && !(least <= gramian[i][j] / lengths)) {
                    least = gramian[i][j] / lengths;
                }
            }
        }
        return least;
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Median of the steps in which no gradients were looked at only for the record, which would have cost extra. */
    double millisecondsPerStep() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2] / 1e6;
    }

    /** The share of the steps looked at whose gradients conflict: the cosine is negative. */
    double conflictShare() {
        return steps.stream()
                .mapToDouble(Step::cosine)
                .filter(Double::isFinite)
                .map(c -> c < 0 ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    double meanCosine() {
        return steps.stream()
                .mapToDouble(Step::cosine)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}
