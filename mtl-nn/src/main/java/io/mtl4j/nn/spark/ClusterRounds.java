package io.mtl4j.nn.spark;

import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.TrainingState;
import io.mtl4j.nn.train.StepOrder;
import io.mtl4j.nn.train.StepOutcome;
import io.mtl4j.nn.train.StepRounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Parameter averaging: each worker does some steps on its part of their batches, and all go on from the mean of where that led.
 *
 * @param model the driver's model
 * @param cluster the workers
 * @param references tells where examples are
 */
record ClusterRounds(MultiTaskModel model, Cluster cluster, References references) implements StepRounds {

    @Override
    public Round run(TrainingState begin, List<StepOrder> orders) {
        List<PlannedStep> steps = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            steps.add(PlannedStep.of(i, orders.get(i), references));
        }
        StateNumbers from = StateNumbers.of(model, begin);
        List<RoundAnswer> answers = cluster.askOnce(new RoundOrder(from, steps), Worker::round);
        answers.stream()
                .map(RoundAnswer::divergence)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(divergence -> {
                    throw divergence;
                });
        TrainingState end = new StateMean(answers).of(from, steps.size()).state(model);
        List<StepOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            outcomes.add(outcome(i, answers));
        }
        return new Round(end, outcomes);
    }

    /** The mean over the workers that did the step; of losses and weights, over those that had the task. */
    private static StepOutcome outcome(int place, List<RoundAnswer> answers) {
        List<StepOutcome> done = new ArrayList<>();
        for (RoundAnswer answer : answers) {
            int at = Arrays.binarySearch(answer.places(), place);
            if (at >= 0) {
                done.add(answer.outcomes().get(at));
            }
        }
        StepOutcome first = done.get(0);
        return new StepOutcome(
                known(done.stream().map(StepOutcome::losses).toList()),
                known(done.stream().map(StepOutcome::weights).toList()),
                first.learningRate(),
                done.stream().mapToDouble(StepOutcome::gradientNorm).average().orElseThrow(),
                null,
                Map.of());
    }

    private static double[] known(List<double[]> all) {
        double[] mean = new double[all.get(0).length];
        for (int k = 0; k < mean.length; k++) {
            int task = k;
            mean[k] = all.stream()
                    .mapToDouble(each -> each[task])
                    .filter(value -> !Double.isNaN(value))
                    .average()
                    .orElse(Double.NaN);
        }
        return mean;
    }
}
