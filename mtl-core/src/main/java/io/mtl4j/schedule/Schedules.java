package io.mtl4j.schedule;

import java.util.List;

/** The schedules that the library has, for {@code Trainer.builder(model).schedule(...)}. */
public final class Schedules {

    private Schedules() {}

    /** {@return everything trains in every step: what a trainer does unless told otherwise} */
    public static TrainingSchedule joint() {
        return new Joint();
    }

    /**
     * {@return heads and encoder by turns: some steps in which the encoder keeps its values and the heads learn, then some in
     * which the heads keep theirs}
     *
     * @param headSteps number of steps of the heads, at least 1
     * @param encoderSteps number of steps of the encoder, at least 1
     */
    public static TrainingSchedule alternating(int headSteps, int encoderSteps) {
        return new Alternating(headSteps, encoderSteps);
    }

    /**
     * {@return one task after the other, in their order, again and again}
     *
     * @param steps number of steps of a task before the next one's turn, at least 1
     */
    public static TrainingSchedule taskByTask(int steps) {
        return new TaskByTask(steps);
    }

    /**
     * {@return the encoder layer by layer, from the input upwards, with the heads all the time; when all layers had their
     * turn, all of them train together}
     *
     * @param epochs number of epochs of a layer, at least 1
     */
    public static TrainingSchedule layerWise(int epochs) {
        return new LayerWise(epochs);
    }

    /**
     * {@return gradual unfreezing, for an encoder that comes from another model: at first the heads alone, then one more layer
     * of the encoder at a time, from the top down, until all train}
     *
     * @param epochsEach number of epochs before the next layer joins, at least 1
     */
    public static TrainingSchedule unfreezing(int epochsEach) {
        return new Unfreezing(epochsEach);
    }

    /**
     * {@return the layers of the encoder from a given one up, and the heads; those nearer to the input keep their values all
     * the time}
     *
     * @param layer the lowest layer that trains, counted from the input among those with parameters: 1 freezes the first, and
     *     with the number of layers or more the heads train alone
     */
    public static TrainingSchedule frozenBelow(int layer) {
        return new FrozenBelow(layer);
    }

    /**
     * {@return a schedule that starts with one task, to which the others are to be added}
     *
     * <pre>{@code
     * Schedules.progressive("shape").then("colour", 3).thenAfterPlateau("price", 2).warmUp(1)
     * }</pre>
     *
     * @param task the name of the task to start with
     */
    public static Progressive progressive(String task) {
        return Progressive.startingWith(task);
    }

    /**
     * {@return easy tasks before hard ones: the weight of the n-th rises from 0 to 1 between the ends of the (n-1)-th and the
     * n-th part of the training; the first begins with 1, and so do tasks that are not named}
     *
     * @param epochs length of a part, above 0; may be a fraction
     * @param easyToHard the tasks' names
     */
    public static TrainingSchedule curriculum(double epochs, String... easyToHard) {
        return new Curriculum(epochs, List.of(easyToHard));
    }

    /**
     * {@return a schedule in which a task trains no more once its main metric on validation data has not improved for some
     * epochs; training ends when no task is left}
     *
     * @param schedule what trains when, apart from that; such as {@link #joint()}
     * @param patience the number of epochs, at least 1
     */
    public static TrainingSchedule stopping(TrainingSchedule schedule, int patience) {
        return new StoppingTasks(schedule, patience);
    }

    private record Joint() implements TrainingSchedule {

        @Override
        public String name() {
            return "joint";
        }

        @Override
        public StepPlan plan(Progress progress) {
            return StepPlan.everything(progress.tasks());
        }
    }
}
