package io.mtl4j.aggregation;

import io.mtl4j.step.MethodState;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * An aggregator on the gradients of the shared representation z in place of those of the shared parameters θ: it finds its
 * weights w from the Gramian of {@code ∂L_k/∂z}, and the shared parameters follow {@code Σ w_k ∂L_k/∂θ = (∂z/∂θ)ᵀ Σ w_k
 * ∂L_k/∂z}. Each head runs backward once and the encoder once, where the gradients of the parameters take K backward passes
 * of the encoder.
 *
 * <p>With MGDA this is MGDA-UB (Sener and Koltun, Multi-Task Learning as Multi-Objective Optimization, NeurIPS 2018,
 * section 3.3): since {@code |Σ w_k ∂L_k/∂θ| ≤ |∂z/∂θ| |Σ w_k ∂L_k/∂z|}, the shortest vector in z minimises an upper bound
 * of the one in θ; where {@code ∂z/∂θ} has full row rank, both are zero at the same points (their theorem 1). What a method
 * guarantees of the tasks' products with its direction holds in z; that it carries over to θ is not guaranteed.
 *
 * <p>Needs {@link Requirement#REPRESENTATION}: one input that all tasks read, and one representation of it.
 *
 * <p>Deviation: a column is one feature of one example, where some implementations sum over the batch first and so lose
 * conflicts between examples.
 *
 * @param name the method's name
 * @param inner finds the weights
 */
public record OnRepresentation(String name, GramianAggregator inner) implements Aggregator {

    /** Checks that there is a method. */
    public OnRepresentation {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(inner, "inner");
    }

    /**
     * Names it after the method, such as {@code upgrad-representation}.
     *
     * @param inner finds the weights
     */
    public OnRepresentation(GramianAggregator inner) {
        this(inner.name() + "-representation", inner);
    }

    @Override
    public Set<Requirement> requirements() {
        Set<Requirement> all = EnumSet.of(Requirement.REPRESENTATION);
        all.addAll(inner.requirements());
        return all;
    }

    @Override
    public UpdateDirection aggregate(TrainingStep step) {
        return inner.aggregate(step);
    }

    @Override
    public MethodState state() {
        return new MethodState(name, inner.state().values());
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name);
        inner.restore(new MethodState(inner.name(), state.values()));
    }
}
