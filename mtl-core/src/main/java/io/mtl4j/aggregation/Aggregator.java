package io.mtl4j.aggregation;

import io.mtl4j.step.Requirement;
import io.mtl4j.step.Stateful;
import io.mtl4j.step.TrainingStep;
import java.util.Set;

/**
 * GRADIENT AGGREGATION: turns the K gradients of the shared parameters into one direction d; the update goes along
 * {@code -d}.
 *
 * <p>Most methods are functions of the Gramian and implement {@link GramianAggregator}; this wider interface is for the
 * few that need the gradients themselves. Rows of absent tasks are left out before the method sees them, so that an
 * absent task does not shift the others.
 *
 * <p>An aggregator belongs to one training run and is called from one thread.
 */
public interface Aggregator extends Stateful {

    /** {@return what the method needs} */
    default Set<Requirement> requirements() {
        return Set.of(Requirement.JACOBIAN);
    }

    /**
     * Computes the direction of one step, and learns from it.
     *
     * @param step what is known of the step; {@link TrainingStep#jacobian()} has the gradients
     * @return the direction, as weights of the rows or as a vector
     * @throws ArithmeticException if a gradient is NaN or infinite; the message names the task
     */
    UpdateDirection aggregate(TrainingStep step);
}
