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
 * @param examples number of examples of each input in them; empty if there are none
 * @param end what the worker came to; null if it did nothing, or failed
 * @param places places of the steps it did in the round
 * @param outcomes what they did
 * @param divergence what ended them; null if nothing did
 */
record RoundAnswer(
        long[] examples,
        StateNumbers end,
        int[] places,
        List<StepOutcome> outcomes,
        TrainingDivergedException divergence)
        implements Serializable {

    static final RoundAnswer NONE = new RoundAnswer(new long[0], null, new int[0], List.of(), null);

    static RoundAnswer failed(TrainingDivergedException divergence) {
        return new RoundAnswer(new long[0], null, new int[0], List.of(), divergence);
    }

    static RoundAnswer of(MultiTaskModel model, int partition, List<PlannedStep> steps, StepRounds.Round round) {
        long[] examples = new long[model.inputs().size()];
        for (PlannedStep step : steps) {
            for (int i = 0; i < examples.length; i++) {
                examples[i] += step.examples()[partition][i].length;
            }
        }
        return new RoundAnswer(
                examples,
                StateNumbers.of(model, round.end()),
                steps.stream().mapToInt(PlannedStep::place).toArray(),
                round.outcomes(),
                null);
    }

    /** {@return the number of examples of all inputs} */
    long size() {
        return Arrays.stream(examples).sum();
    }
}
