package io.mtl4j.schedule;

import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.task.TaskSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/**
 * The rule by which training stops: when the monitored quantity of the validation data has not improved on the best
 * epoch's for a number of epochs.
 *
 * <p>This is the immutable rule; {@link #start} gives the mutable {@link State} of one training.
 *
 * @param monitor what is compared from epoch to epoch
 * @param patience the number of epochs in succession without improvement after which training stops, at least 1
 * @param minDelta the gain over the best epoch above which an epoch counts as better, at least 0; in the unit of the
 *     monitor
 */
public record EarlyStopping(Monitor monitor, int patience, double minDelta) {

    /** Checks the values. */
    public EarlyStopping {
        Objects.requireNonNull(monitor, "monitor");
        Require.atLeast("patience", patience, 1);
        Require.nonNegative("minDelta", minDelta);
    }

    /**
     * {@return the usual rule: {@link Monitor#relativeImprovement()}, any gain counts}
     *
     * @param epochs the patience, at least 1
     */
    public static EarlyStopping patience(int epochs) {
        return new EarlyStopping(Monitor.relativeImprovement(), epochs, 0);
    }

    /**
     * {@return this rule with another monitor}
     *
     * @param other what to compare from epoch to epoch
     */
    public EarlyStopping withMonitor(Monitor other) {
        return new EarlyStopping(other, patience, minDelta);
    }

    /**
     * {@return this rule with another least gain}
     *
     * @param delta the gain above which an epoch counts as better, at least 0
     */
    public EarlyStopping withMinDelta(double delta) {
        return new EarlyStopping(monitor, patience, delta);
    }

    /**
     * {@return the state of a new training}
     *
     * @param tasks the model's tasks
     * @throws IllegalArgumentException if the monitor names a task that is not there
     */
    public State start(TaskSet tasks) {
        return new State(this, tasks);
    }

    /** What to do after an epoch. */
    public enum Decision {
        /** This is the best epoch so far: keep its parameters, go on. */
        BEST,
        /** Not better than the best epoch; go on. */
        CONTINUE,
        /** Not better than the best epoch, and patience is at its end: stop. */
        STOP
    }

    /** How far one training has come. Not thread-safe. */
    public static final class State {

        private static final String NAME = "early-stopping";

        private final EarlyStopping rule;
        private final TaskSet tasks;
        private final int width;
        private final List<double[]> history = new ArrayList<>();
        private int best = -1;

        private State(EarlyStopping rule, TaskSet tasks) {
            this.rule = rule;
            this.tasks = Objects.requireNonNull(tasks, "tasks");
            this.width = rule.monitor.width(tasks);
        }

        /**
         * Takes in the next epoch.
         *
         * @param validation metrics of the validation data by task and name, the loss among them as {@code loss}
         * @return what to do now
         * @throws IllegalArgumentException if a monitored metric is missing
         * @throws ArithmeticException if a monitored metric is NaN or infinite; the message names it
         */
        public Decision update(Map<String, SortedMap<String, Double>> validation) {
            history.add(rule.monitor.values(tasks, validation));
            int epoch = history.size() - 1;
            if (best < 0 || rule.monitor.gain(tasks, history, epoch, best) > rule.minDelta) {
                best = epoch;
                return Decision.BEST;
            }
            return epoch - best >= rule.patience ? Decision.STOP : Decision.CONTINUE;
        }

        /** {@return the best epoch so far, from 0; -1 before the first epoch} */
        public int bestEpoch() {
            return best;
        }

        /** {@return the number of epochs taken in} */
        public int epochs() {
            return history.size();
        }

        /** {@return all that must be kept to go on later} */
        public MethodState state() {
            double[] flat = history.stream().flatMapToDouble(Arrays::stream).toArray();
            return MethodState.empty(NAME).with("best", best).with("history", flat);
        }

        /**
         * Takes back what {@link #state()} handed out.
         *
         * @param saved a state of the same rule and the same tasks
         * @throws IllegalArgumentException if the state does not fit
         */
        public void restore(MethodState saved) {
            saved.requireMethod(NAME);
            double[] flat = saved.array("history");
            int newBest = (int) saved.number("best");
            if (flat.length % width != 0 || newBest < -1 || newBest >= flat.length / width) {
                throw new IllegalArgumentException(
                        "early stopping: state with " + flat.length + " values and best epoch "
                                + newBest + " does not fit a monitor of " + width
                                + " values an epoch; configure the same monitor and tasks as when the state was saved");
            }
            history.clear();
            for (int from = 0; from < flat.length; from += width) {
                history.add(Arrays.copyOfRange(flat, from, from + width));
            }
            best = newBest;
        }
    }
}
