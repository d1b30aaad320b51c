package io.mtl4j.nn.train;

import io.mtl4j.nn.persist.TrainingState;
import java.util.List;

/**
 * Does several steps at once.
 *
 * @see Execution#rounds
 */
@FunctionalInterface
public interface StepRounds {

    /**
     * Does the steps.
     *
     * @param begin what the model and the training have come to
     * @param orders the steps, in their order
     * @return what they led to
     * @throws TrainingDivergedException if a feature, loss, gradient or running statistic is NaN or infinite
     */
    Round run(TrainingState begin, List<StepOrder> orders);

    /**
     * What several steps did.
     *
     * @param end the numbers of the model, the optimiser and the methods after the last step
     * @param outcomes one for each step, in their order
     */
    record Round(TrainingState end, List<StepOutcome> outcomes) {

        /** Copies the list. */
        public Round {
            outcomes = List.copyOf(outcomes);
        }
    }
}
