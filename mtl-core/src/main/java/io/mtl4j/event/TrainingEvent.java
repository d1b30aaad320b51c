package io.mtl4j.event;

import io.mtl4j.task.TaskSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Something that happened during training. */
public sealed interface TrainingEvent {

    /**
     * What is trained, how, on what data and by which software: facts for people, told before {@link Started}. Only where a
     * listener {@linkplain TrainingListener#wantsDetails() wants details}.
     *
     * @param tasks the tasks
     * @param facts sections in order, each with facts by name in order; a fact may have several lines
     */
    record Described(TaskSet tasks, Map<String, Map<String, String>> facts) implements TrainingEvent {}

    /**
     * Training begins.
     *
     * @param tasks the names of the tasks in the order of every array of numbers that follows
     * @param epochs the number of epochs planned
     * @param stepsPerEpoch the number of steps in an epoch
     * @param examplesPerEpoch the number of examples drawn in an epoch, over all inputs
     * @param firstEpoch 0, or the epoch at which a resumed training goes on
     */
    record Started(List<String> tasks, int epochs, int stepsPerEpoch, long examplesPerEpoch, int firstEpoch)
            implements TrainingEvent {}

    /**
     * A step was done.
     *
     * @param epoch the epoch, from 0
     * @param step the step within the epoch, from 0
     * @param losses mean losses {@code [K]}; NaN for tasks without labels in the step; do not modify
     * @param weights the weights with which the tasks' gradients entered the update, {@code [K]}; NaN where the method
     *     has none; do not modify
     * @param learningRate the learning rate used
     * @param gradientNorm Euclidean norm of the update's gradient before clipping
     * @param examples the number of examples in the step
     * @param nanos what the step took, in nanoseconds
     */
    record StepDone(
            int epoch,
            int step,
            double[] losses,
            double[] weights,
            double learningRate,
            double gradientNorm,
            int examples,
            long nanos)
            implements TrainingEvent {}

    /**
     * The K gradients of a step, seen through their Gramian: those of the shared parameters, or of the shared
     * representation where the method works on that; only from steps that compute it.
     *
     * @param epoch the epoch, from 0
     * @param step the step within the epoch, from 0
     * @param gramian {@code [K][K]}; do not modify
     */
    record GramianSeen(int epoch, int step, double[][] gramian) implements TrainingEvent {}

    /**
     * A generator made a step of its own after a joint step, and before the {@link StepDone} of that.
     *
     * @param epoch the epoch, from 0
     * @param step the step within the epoch, from 0
     * @param task the adversarial task, whose critic's loss is among the losses of the step
     * @param loss the generator's loss
     */
    record GeneratorDone(int epoch, int step, String task, double loss) implements TrainingEvent {}

    /**
     * An epoch was done.
     *
     * @param epoch the epoch, from 0
     * @param trainLosses mean training losses by task
     * @param validation metrics by task and name, the loss among them as {@code loss}; empty without validation data
     * @param best whether this is the best epoch so far
     * @param nanos what the epoch took, validation included, in nanoseconds
     */
    record EpochDone(
            int epoch,
            Map<String, Double> trainLosses,
            Map<String, SortedMap<String, Double>> validation,
            boolean best,
            long nanos)
            implements TrainingEvent {}

    /**
     * What each reader takes from several sources, such as a task's gate from experts, on average over some examples; told
     * after {@link EpochDone} of models that have something to choose. Only where a listener {@linkplain
     * TrainingListener#wantsDetails() wants details}.
     *
     * @param epoch the epoch, from 0
     * @param weights mean weights by reader and source, in order
     */
    record SharingSeen(int epoch, Map<String, Map<String, Double>> weights) implements TrainingEvent {}

    /**
     * A checkpoint was written, from which the training can go on.
     *
     * @param file where it is
     * @param step the number of steps done since training began
     */
    record CheckpointWritten(String file, long step) implements TrainingEvent {}

    /**
     * A checkpoint could not be written. Those before it are still there, and training goes on.
     *
     * @param reason what went wrong
     * @param step the number of steps done since training began
     */
    record CheckpointFailed(String reason, long step) implements TrainingEvent {}

    /**
     * A loss or a gradient was not finite, and training went on as configured.
     *
     * @param task the name of the task
     * @param reason what was found
     * @param action what was done about it
     * @param epoch the epoch, from 0
     * @param step the number of steps done since training began
     */
    record Diverged(String task, String reason, String action, int epoch, long step) implements TrainingEvent {}

    /**
     * Training ended.
     *
     * @param epochs the number of epochs done
     * @param bestEpoch the epoch whose parameters the model has now, from 0
     * @param reason why it ended, in words
     * @param nanos what the training took, in nanoseconds
     */
    record Finished(int epochs, int bestEpoch, String reason, long nanos) implements TrainingEvent {}
}
