package io.mtl4j.weighting;

import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** See {@link Weightings#autoLambda(WeightOptimizer, Map)}. */
final class AutoLambda implements LossWeighting {

    static final String NAME = "auto-lambda";

    private final MetaWeights lambda;
    private final Map<String, Double> priorities;

    AutoLambda(WeightOptimizer optimizer, Map<String, Double> priorities) {
        this.lambda = new MetaWeights(optimizer);
        this.priorities = Map.copyOf(priorities);
        priorities.forEach((task, p) -> Require.nonNegative("priority of task \"" + task + "\"", p));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Requirement> requirements() {
        return Set.of(Requirement.HELD_OUT);
    }

    @Override
    public double[] weigh(TrainingStep step) {
        requireKnownTasks(step);
        Present present = Present.of(step);
        if (present.size() > 0) {
            double[] p = new double[present.size()];
            for (int j = 0; j < p.length; j++) {
                p[j] = priorities.getOrDefault(present.name(j), priorities.isEmpty() ? 1.0 : 0.0);
            }
            double[] current = lambda.weights(present);
            lambda.descend(present, step.lookahead().hypergradient(current, present.spread(p)));
        }
        return lambda.weights(present);
    }

    private void requireKnownTasks(TrainingStep step) {
        Set<String> unknown = new HashSet<>(priorities.keySet());
        IntStream.range(0, step.tasks()).mapToObj(step::taskName).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "priorities of unknown tasks " + unknown + "; name the model's tasks only");
        }
    }

    @Override
    public MethodState state() {
        return lambda.save(MethodState.empty(NAME));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(NAME);
        lambda.restore(state);
    }
}
