package io.mtl4j.nn.data;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A data source of arrays in memory: tables, pictures, or sequences of one length.
 *
 * <pre>{@code
 * float[][] people = {{0.5f, 1.2f}, {0.1f, -0.3f}, {-1.0f, 0.7f}};
 * DataSource source = ArraySource.builder("person")
 *         .features(people)
 *         .labels("income", Labels.classes(0, 1, Labels.MISSING))
 *         .labels("age", Labels.values(39, 50, 28))
 *         .build();
 * }</pre>
 */
public final class ArraySource implements DataSource {

    private final String input;
    private final FloatRows features;
    private final FloatRows steps;
    private final TaskLabels labels;

    private ArraySource(String input, FloatRows features, FloatRows steps, TaskLabels labels) {
        this.input = input;
        this.features = features;
        this.steps = steps;
        this.labels = labels;
    }

    /**
     * {@return a builder}
     *
     * @param input name of the model input
     */
    public static Builder builder(String input) {
        return new Builder(Objects.requireNonNull(input, "input"));
    }

    @Override
    public String input() {
        return input;
    }

    @Override
    public int size() {
        return features.size();
    }

    @Override
    public Set<String> tasks() {
        return labels.tasks();
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        return labels.batch(features.gather(indices), steps == null ? null : steps.gather(indices), indices);
    }

    /**
     * {@return a source of some of the examples}
     *
     * @param indices numbers of the examples
     * @throws IndexOutOfBoundsException if there is no such example
     */
    public ArraySource subset(int[] indices) {
        return new ArraySource(
                input, features.subset(indices), steps == null ? null : steps.subset(indices), labels.subset(indices));
    }

    /**
     * {@return a source of the first examples}
     *
     * @param examples the most examples to take
     */
    public ArraySource limit(int examples) {
        return subset(IntStream.range(0, Math.min(examples, size())).toArray());
    }

    /** Collects what a source is made of. */
    public static final class Builder {

        private final String input;
        private final String what;
        private FloatRows features;
        private FloatRows steps;
        private TaskLabels labels = new TaskLabels(Map.of());

        private Builder(String input) {
            this.input = input;
            this.what = "input \"" + input + "\"";
        }

        /**
         * Sets the features.
         *
         * @param rows {@code [examples][columns]}, finite; copied
         * @return this builder
         * @throws IllegalArgumentException if rows differ in length or a value is not finite
         */
        public Builder features(float[][] rows) {
            return features(FloatRows.of(rows, what));
        }

        /**
         * Sets the features.
         *
         * @param array {@code [examples, ...]}, finite; copied as 32-bit floats
         * @return this builder
         * @throws IllegalArgumentException if a value is not finite
         */
        public Builder features(INDArray array) {
            return features(FloatRows.of(array, what));
        }

        private Builder features(FloatRows rows) {
            for (int i = 0; i < rows.size(); i++) {
                for (int j = 0; j < rows.width(); j++) {
                    if (!Float.isFinite(rows.value(i, j))) {
                        throw new IllegalArgumentException(what + ": example " + i + ", column " + j + " is "
                                + rows.value(i, j) + "; features must be finite numbers, so replace missing ones, by"
                                + " their mean for instance");
                    }
                }
            }
            if (features != null) {
                throw new IllegalStateException(what + ": features were set already; set them once");
            }
            features = rows;
            return this;
        }

        /**
         * Sets the mask of time steps.
         *
         * @param mask {@code [examples, time]}: 1 for real steps, 0 for padding; copied
         * @return this builder
         */
        public Builder steps(INDArray mask) {
            steps = FloatRows.of(mask, what + ", steps");
            return this;
        }

        /**
         * Adds the labels of a task.
         *
         * @param task name of the task
         * @param taskLabels its labels
         * @return this builder
         * @throws IllegalStateException if the task has labels already
         */
        public Builder labels(String task, Labels taskLabels) {
            labels = labels.with(task, taskLabels);
            return this;
        }

        /**
         * Adds the labels of a task.
         *
         * @param task name of the task
         * @param taskLabels its labels, as in {@link Labels#of(INDArray)}
         * @return this builder
         * @throws IllegalStateException if the task has labels already
         */
        public Builder labels(String task, INDArray taskLabels) {
            return labels(task, Labels.of(taskLabels));
        }

        /**
         * {@return the source}
         *
         * @throws IllegalStateException if there are no features
         * @throws IllegalArgumentException if the numbers of features, labels and masks differ
         */
        public ArraySource build() {
            if (features == null) {
                throw new IllegalStateException(what + ": no features; call features(...)");
            }
            labels.checkSize(features.size());
            if (steps != null) {
                checkSteps();
            }
            return new ArraySource(input, features, steps, labels);
        }

        private void checkSteps() {
            long[] shape = features.rowShape();
            if (steps.size() != features.size() || shape.length == 0 || steps.width() != shape[0]) {
                throw new IllegalArgumentException(what + ": mask of " + steps.size() + " examples and " + steps.width()
                        + " steps for " + features.size() + " examples of shape " + Arrays.toString(shape)
                        + "; give one number for each time step");
            }
            for (int i = 0; i < steps.size(); i++) {
                for (int t = 0; t < steps.width(); t++) {
                    if (steps.value(i, t) != 0 && steps.value(i, t) != 1) {
                        throw new IllegalArgumentException(what + ": mask of example " + i + ", step " + t + " is "
                                + steps.value(i, t) + "; it must be 1 for a real step and 0 for padding");
                    }
                }
            }
        }
    }
}
