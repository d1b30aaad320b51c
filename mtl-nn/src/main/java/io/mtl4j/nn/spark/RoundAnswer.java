package io.mtl4j.nn.spark;

import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.StepOutcome;
import io.mtl4j.nn.train.StepRounds;
import io.mtl4j.nn.train.TrainingDivergedException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Where some steps led one worker.
 *
 * @param examples number of examples in them
 * @param end what the worker came to; null if it did nothing, or failed
 * @param places places of the steps it did in the round
 * @param outcomes what they did
 * @param divergence what ended them; null if nothing did
 */
record RoundAnswer(
        long examples, StateNumbers end, int[] places, List<StepOutcome> outcomes, TrainingDivergedException divergence)
        implements Serializable {

    static final RoundAnswer NONE = new RoundAnswer(0, null, new int[0], List.of(), null);

    static RoundAnswer failed(TrainingDivergedException divergence) {
        return new RoundAnswer(0, null, new int[0], List.of(), divergence);
    }

    static RoundAnswer of(MultiTaskModel model, int partition, List<PlannedStep> steps, StepRounds.Round round) {
        long examples = steps.stream()
                .flatMap(step -> Arrays.stream(step.examples()[partition]))
                .mapToLong(numbers -> numbers.length)
                .sum();
        return new RoundAnswer(
                examples,
                StateNumbers.of(model, round.end()),
                steps.stream().mapToInt(PlannedStep::place).toArray(),
                round.outcomes(),
                null);
    }
}
