package io.mtl4j.nn.train;

import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.data.Sampling;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.layer.ParameterPenalty;
import io.mtl4j.nn.model.Architecture;
import io.mtl4j.schedule.EarlyStopping;
import io.mtl4j.schedule.LearningRate;
import io.mtl4j.schedule.TrainingSchedule;
import io.mtl4j.step.Requirement;
import io.mtl4j.weighting.LossWeighting;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How to train, all of it.
 *
 * @param weighting turns losses into weights
 * @param aggregation turns gradients into a direction; empty to follow the weighted sum
 * @param optimizer updates the parameters
 * @param learningRate the curve of the learning rate
 * @param learningRates exceptions from the learning rate, by task and depth
 * @param schedule what trains when
 * @param epochs number of epochs, at least 1
 * @param batchSize examples of an input in a step
 * @param batchSizes exceptions from {@code batchSize}, by input
 * @param sampling which inputs take part in a step, and when an epoch ends
 * @param penalties what parameters pay for, besides what the model itself declares
 * @param clipping bound on the gradient
 * @param earlyStopping stop rule; empty to train all epochs, keeping the best
 * @param heldOut data for meta-learned weights
 * @param hypergradients how the derivatives for meta-learned weights are computed
 * @param listeners who hears what happens
 * @param checkpoints where and how often the training is written down
 * @param onDivergence what to do when a loss or gradient is not finite
 * @param transform what is done to each batch before its step
 * @param execution who computes the steps
 * @param diagnosticsEvery at every so many steps the tasks' gradients are computed in any case; 0 for never
 * @param seed from which all randomness of the training comes
 */
record TrainingConfig(
        LossWeighting weighting,
        Optional<Aggregator> aggregation,
        Optimizer optimizer,
        LearningRate learningRate,
        LearningRates learningRates,
        TrainingSchedule schedule,
        int epochs,
        int batchSize,
        Map<String, Integer> batchSizes,
        Sampling sampling,
        List<ParameterPenalty> penalties,
        GradientClipping clipping,
        Optional<EarlyStopping> earlyStopping,
        Optional<MultiTaskData> heldOut,
        Hypergradients hypergradients,
        List<TrainingListener> listeners,
        Optional<Checkpoints> checkpoints,
        OnDivergence onDivergence,
        BatchTransform transform,
        Execution execution,
        int diagnosticsEvery,
        long seed) {

    TrainingConfig {
        batchSizes = Map.copyOf(batchSizes);
        penalties = List.copyOf(penalties);
        listeners = List.copyOf(listeners);
        requirePositive("epochs", epochs);
        requirePositive("batch size", batchSize);
        batchSizes.forEach((input, size) -> requirePositive("batch size of input \"" + input + "\"", size));
        if (diagnosticsEvery < 0) {
            throw new IllegalArgumentException("gradient diagnostics every " + diagnosticsEvery
                    + " steps; give 1 for every step, more for fewer, or 0 for none");
        }
        boolean asks = weighting.requirements().contains(Requirement.HELD_OUT)
                || aggregation.stream().anyMatch(a -> a.requirements().contains(Requirement.HELD_OUT));
        if (asks && heldOut.isEmpty()) {
            throw new IllegalStateException("weighting \"" + weighting.name()
                    + "\" or the aggregation learns from held-out data, and none was given; add heldOut(data)");
        }
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " = " + value + "; it must be at least 1");
        }
    }

    Set<Requirement> requirements() {
        Set<Requirement> all = EnumSet.noneOf(Requirement.class);
        all.addAll(weighting.requirements());
        aggregation.ifPresent(a -> all.addAll(a.requirements()));
        return all;
    }

    /**
     * Checks that a model has what the methods need.
     *
     * @throws IllegalStateException if it has not
     */
    void requireFits(Architecture architecture) {
        schedule.checkFits(architecture.tasks());
        if (weighting.requirements().contains(Requirement.REPRESENTATION)) {
            RepresentationSpace.requireOneInput(architecture, weighting.name());
        }
        aggregation
                .filter(a -> a.requirements().contains(Requirement.REPRESENTATION))
                .ifPresent(a -> RepresentationSpace.requireOneInput(architecture, a.name()));
    }

    int[] batchSizes(MultiTaskData data) {
        return data.sources().stream()
                .mapToInt(s -> batchSizes.getOrDefault(s.input(), batchSize))
                .toArray();
    }
}
