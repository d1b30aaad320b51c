package io.mtl4j.weighting;

import io.mtl4j.step.MethodState;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** See {@link Weightings#normalized}. */
final class NormalizedWeighting implements LossWeighting {

    private final LossWeighting inner;
    private double greatest;
    private double share;

    NormalizedWeighting(LossWeighting inner) {
        this.inner = Objects.requireNonNull(inner, "inner");
    }

    @Override
    public String name() {
        return "normalized-" + inner.name();
    }

    @Override
    public Set<Requirement> requirements() {
        return inner.requirements();
    }

    @Override
    public double[] weigh(TrainingStep step) {
        double[] weights = inner.weigh(step);
        long present = IntStream.range(0, step.tasks()).filter(step::present).count();
        greatest = Arrays.stream(weights).max().orElse(0);
        // Divided by the greatest first, so that the sum cannot overflow.
        share = present / Arrays.stream(weights).map(w -> w / greatest).sum();
        return scaled(weights);
    }

    @Override
    public double[] heldOutWeights() {
        return scaled(inner.heldOutWeights());
    }

    private double[] scaled(double[] weights) {
        return greatest == 0
                ? weights
                : Arrays.stream(weights).map(w -> w / greatest * share).toArray();
    }

    @Override
    public void afterUpdate(double[] losses) {
        inner.afterUpdate(losses);
    }

    @Override
    public MethodState state() {
        return new MethodState(name(), inner.state().values());
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name());
        inner.restore(new MethodState(inner.name(), state.values()));
    }
}
