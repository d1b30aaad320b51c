package io.mtl4j.weighting;

import io.mtl4j.internal.Require;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** See {@link Weightings#fixed(double...)} and {@link Weightings#fixed(Map)}. */
final class FixedWeighting implements LossWeighting {

    static final String NAME = "fixed";

    private final Map<String, Double> byName;
    private final double[] byNumber;

    FixedWeighting(Map<String, Double> weights) {
        this.byName = new LinkedHashMap<>(weights);
        this.byNumber = null;
        byName.forEach((task, weight) -> Require.nonNegative("weight of task \"" + task + "\"", weight));
        requireOneAboveZero(
                byName.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    FixedWeighting(double[] weights) {
        this.byName = null;
        this.byNumber = weights.clone();
        for (int k = 0; k < weights.length; k++) {
            Require.nonNegative("weight of task " + k, weights[k]);
        }
        requireOneAboveZero(byNumber);
    }

    private static void requireOneAboveZero(double[] weights) {
        if (Arrays.stream(weights).noneMatch(weight -> weight > 0)) {
            throw new IllegalArgumentException("weights " + Arrays.toString(weights)
                    + "; at least one must be above 0, or nothing would be learned");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double[] weigh(TrainingStep step) {
        double[] weights = byNumber == null ? named(step.tasks(), step::taskName) : byNumber;
        if (weights.length != step.tasks()) {
            throw new IllegalArgumentException(
                    weights.length + " weights for " + step.tasks() + " tasks; give one weight for each task");
        }
        Present present = Present.of(step);
        return present.spread(present.pick(weights));
    }

    private double[] named(int tasks, IntFunction<String> names) {
        Set<String> unknown = new HashSet<>(byName.keySet());
        double[] weights = IntStream.range(0, tasks)
                .mapToDouble(task -> {
                    Double weight = byName.get(names.apply(task));
                    if (weight == null) {
                        throw new IllegalArgumentException(
                                "task \"" + names.apply(task) + "\": no weight among those of " + byName.keySet()
                                        + "; give one weight for each task");
                    }
                    unknown.remove(names.apply(task));
                    return weight;
                })
                .toArray();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "weights for unknown tasks " + unknown + "; name the model's tasks only");
        }
        return weights;
    }
}
