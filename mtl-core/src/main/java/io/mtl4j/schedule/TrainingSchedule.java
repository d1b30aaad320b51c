package io.mtl4j.schedule;

import io.mtl4j.step.Stateful;
import io.mtl4j.task.TaskSet;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * WHAT TRAINS WHEN. The one training loop asks before each step for a {@link StepPlan} and obeys it. {@link Schedules} has
 * the usual ones; one of your own is a class of one method:
 *
 * <pre>{@code
 * TrainingSchedule headsFirst = new TrainingSchedule() {
 *     public String name() {
 *         return "heads-first";
 *     }
 *
 *     public StepPlan plan(Progress progress) {
 *         StepPlan all = StepPlan.everything(progress.tasks());
 *         return progress.epoch() < 2 ? all.withEncoder(StepPlan.Layers.NONE) : all;
 *     }
 * };
 * }</pre>
 */
public interface TrainingSchedule extends Stateful {

    /**
     * {@return what trains in a step} Called once a step, in order.
     *
     * @param progress how far the training is
     */
    StepPlan plan(Progress progress);

    /**
     * Checks that this schedule can be used for some tasks. This one lets all pass.
     *
     * @param tasks the model's tasks
     * @throws IllegalArgumentException if it names a task that is not there
     */
    default void checkFits(TaskSet tasks) {}

    /** {@return whether {@link #epochDone} must be given metrics of validation data} */
    default boolean needsValidation() {
        return false;
    }

    /**
     * Takes in what came out of an epoch. This one does nothing.
     *
     * @param tasks the model's tasks
     * @param validation metrics of the validation data by task and name; empty if there are no such data
     */
    default void epochDone(TaskSet tasks, Map<String, SortedMap<String, Double>> validation) {}

    /** {@return why the training is to end after this epoch; empty to go on} */
    default Optional<String> finished() {
        return Optional.empty();
    }
}
