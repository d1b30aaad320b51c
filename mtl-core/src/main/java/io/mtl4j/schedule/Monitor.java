package io.mtl4j.schedule;

import io.mtl4j.task.Direction;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/** What {@link EarlyStopping} compares from epoch to epoch. */
public sealed interface Monitor {

    /** {@return the mean over tasks of the validation loss; lower is better, gains are absolute} */
    static Monitor meanLoss() {
        return new MeanLoss();
    }

    /**
     * {@return the main metric of one task, in its direction; gains are absolute}
     *
     * @param task the task's name
     */
    static Monitor mainMetric(String task) {
        return new MainMetric(task);
    }

    /**
     * {@return any one metric; gains are absolute}
     *
     * @param task the task's name
     * @param metric the metric's name, such as {@code loss}
     * @param direction which way it is better
     */
    static Monitor metric(String task, String metric, Direction direction) {
        return new OneMetric(task, metric, direction);
    }

    /**
     * The mean over tasks of the relative improvement of the task's main metric; the default.
     *
     * <p>The gain of epoch e over the best epoch b is {@code 1/K Σ_k s_k (m_k(e) - m_k(b)) / c_k}, with {@code s_k} = 1
     * when higher is better and -1 otherwise, and {@code c_k} the median of {@code |m_k|} over the epochs so far. A
     * gain of 0.01 is thus an improvement by one per cent on average, whatever the metrics' units. The median is a base
     * that neither an accuracy of 0 nor a wild error in the first epoch can spoil, as they would if the first epoch
     * itself were the base; when it is 0, the greatest {@code |m_k|} takes its place, and a metric that has always been
     * 0 counts as no change.
     *
     * @return the monitor
     */
    static Monitor relativeImprovement() {
        return new RelativeImprovement();
    }

    /**
     * {@return the number of values that are kept of an epoch}
     *
     * @param tasks the model's tasks
     * @throws IllegalArgumentException if a task is not there
     */
    int width(TaskSet tasks);

    /**
     * {@return the values of an epoch}
     *
     * @param tasks the model's tasks
     * @param validation metrics by task and name
     * @throws IllegalArgumentException if a metric is missing
     * @throws ArithmeticException if a metric is NaN or infinite
     */
    double[] values(TaskSet tasks, Map<String, SortedMap<String, Double>> validation);

    /**
     * {@return by how much an epoch is better than another; negative when it is worse}
     *
     * @param tasks the model's tasks
     * @param history the values of all epochs so far
     * @param epoch the epoch in question
     * @param reference the epoch to compare with
     */
    double gain(TaskSet tasks, List<double[]> history, int epoch, int reference);

    /** See {@link Monitor#meanLoss()}. */
    record MeanLoss() implements Monitor {
        @Override
        public int width(TaskSet tasks) {
            return 1;
        }

        @Override
        public double[] values(TaskSet tasks, Map<String, SortedMap<String, Double>> validation) {
            double sum = 0;
            for (Task task : tasks) {
                sum += ValidationMetrics.value(validation, task.name(), "loss");
            }
            return new double[] {sum / tasks.size()};
        }

        @Override
        public double gain(TaskSet tasks, List<double[]> history, int epoch, int reference) {
            return history.get(reference)[0] - history.get(epoch)[0];
        }
    }

    /**
     * See {@link Monitor#mainMetric}.
     *
     * @param task the task's name
     */
    record MainMetric(String task) implements Monitor {
        /** Checks that there is a name. */
        public MainMetric {
            Objects.requireNonNull(task, "task");
        }

        private Monitor resolve(TaskSet tasks) {
            Task found = tasks.get(tasks.indexOf(task));
            return new OneMetric(task, found.metric(), found.direction());
        }

        @Override
        public int width(TaskSet tasks) {
            return resolve(tasks).width(tasks);
        }

        @Override
        public double[] values(TaskSet tasks, Map<String, SortedMap<String, Double>> validation) {
            return resolve(tasks).values(tasks, validation);
        }

        @Override
        public double gain(TaskSet tasks, List<double[]> history, int epoch, int reference) {
            return resolve(tasks).gain(tasks, history, epoch, reference);
        }
    }

    /**
     * See {@link Monitor#metric}.
     *
     * @param task the task's name
     * @param metric the metric's name
     * @param direction which way it is better
     */
    record OneMetric(String task, String metric, Direction direction) implements Monitor {
        /** Checks that nothing is missing. */
        public OneMetric {
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(metric, "metric");
            Objects.requireNonNull(direction, "direction");
        }

        @Override
        public int width(TaskSet tasks) {
            tasks.indexOf(task);
            return 1;
        }

        @Override
        public double[] values(TaskSet tasks, Map<String, SortedMap<String, Double>> validation) {
            return new double[] {ValidationMetrics.value(validation, task, metric)};
        }

        @Override
        public double gain(TaskSet tasks, List<double[]> history, int epoch, int reference) {
            double change = history.get(epoch)[0] - history.get(reference)[0];
            return direction == Direction.HIGHER_IS_BETTER ? change : -change;
        }
    }

    /** See {@link Monitor#relativeImprovement()}. */
    record RelativeImprovement() implements Monitor {
        @Override
        public int width(TaskSet tasks) {
            return tasks.size();
        }

        @Override
        public double[] values(TaskSet tasks, Map<String, SortedMap<String, Double>> validation) {
            double[] values = new double[tasks.size()];
            for (int k = 0; k < values.length; k++) {
                Task task = tasks.get(k);
                values[k] = ValidationMetrics.value(validation, task.name(), task.metric());
            }
            return values;
        }

        @Override
        public double gain(TaskSet tasks, List<double[]> history, int epoch, int reference) {
            double sum = 0;
            for (int k = 0; k < tasks.size(); k++) {
                double base = base(history, epoch, k);
                double change = history.get(epoch)[k] - history.get(reference)[k];
                double gain = tasks.get(k).direction() == Direction.HIGHER_IS_BETTER ? change : -change;
                sum += base == 0 ? 0 : gain / base;
            }
            return sum / tasks.size();
        }

        private static double base(List<double[]> history, int epoch, int task) {
            double[] sizes = history.subList(0, epoch + 1).stream()
                    .mapToDouble(values -> Math.abs(values[task]))
                    .sorted()
                    .toArray();
            int n = sizes.length;
            double median = (sizes[(n - 1) / 2] + sizes[n / 2]) / 2;
            return median > 0 ? median : sizes[n - 1];
        }
    }
}
