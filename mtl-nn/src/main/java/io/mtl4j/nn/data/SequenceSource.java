package io.mtl4j.nn.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A data source of sequences of different lengths: token numbers, or a row of features for each step. A batch is filled up
 * with 0 to its longest sequence, and its mask of steps tells which steps are real. Labels may be one for each sequence or
 * one for each step ({@link Labels#tags}).
 *
 * <pre>{@code
 * DataSource source = SequenceSource.builder("text")
 *         .tokens(new int[][] {{4, 2, 7}, {3, 5}})
 *         .labels("intent", Labels.classes(1, 0))
 *         .labels("slot", Labels.tags(new int[][] {{0, 0, 2}, {1, 0}}))
 *         .build();
 * }</pre>
 */
public final class SequenceSource implements DataSource {

    private final String input;
    private final List<float[]> sequences;
    private final int width;
    private final TaskLabels labels;

    private SequenceSource(String input, List<float[]> sequences, int width, TaskLabels labels) {
        this.input = input;
        this.sequences = sequences;
        this.width = width;
        this.labels = labels;
    }

    /**
     * {@return a builder}
     *
     * @param input name of the model input
     */
    public static Builder builder(String input) {
        return builder(input, "step");
    }

    /** A builder whose messages have another word for a step. */
    static Builder builder(String input, String step) {
        return new Builder(Objects.requireNonNull(input, "input"), step);
    }

    @Override
    public String input() {
        return input;
    }

    @Override
    public int size() {
        return sequences.size();
    }

    @Override
    public Set<String> tasks() {
        return labels.tasks();
    }

    /**
     * {@return the number of steps of a sequence}
     *
     * @param index number of the sequence
     */
    public int length(int index) {
        return sequences.get(index).length / Math.max(1, width);
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        if (indices.length == 0) {
            throw new IllegalArgumentException("no indices; a batch needs at least one example");
        }
        boolean tokens = width == 0;
        INDArray features = tokens ? Padding.pad(sequences, indices) : Padding.pad(sequences, indices, width);
        return labels.batch(features, Padding.steps(sequences, indices, Math.max(1, width)), indices);
    }

    /**
     * {@return a source of some of the sequences}
     *
     * @param indices their numbers
     * @throws IndexOutOfBoundsException if there is no such sequence
     */
    public SequenceSource subset(int[] indices) {
        List<float[]> chosen = IntStream.of(indices).mapToObj(sequences::get).toList();
        return new SequenceSource(input, chosen, width, labels.subset(indices));
    }

    /**
     * {@return a source of the first sequences}
     *
     * @param examples the most sequences to take
     */
    public SequenceSource limit(int examples) {
        return subset(IntStream.range(0, Math.min(examples, size())).toArray());
    }

    /** Collects what a source is made of. */
    public static final class Builder {

        private static final int LARGEST_TOKEN = 1 << 24;

        private final String input;
        private final String what;
        private final String step;
        private List<float[]> sequences;
        private int width;
        private TaskLabels labels = new TaskLabels(Map.of());

        private Builder(String input, String step) {
            this.input = input;
            this.step = step;
            this.what = "input \"" + input + "\"";
        }

        /**
         * Sets sequences of token numbers; a batch is {@code [batch, time]}.
         *
         * @param tokens {@code [examples][time]}, at least one step each, numbers from 0; copied
         * @return this builder
         * @throws IllegalArgumentException if a sequence is empty or a number below 0
         */
        public Builder tokens(int[][] tokens) {
            List<float[]> rows = new ArrayList<>(tokens.length);
            for (int i = 0; i < tokens.length; i++) {
                float[] row = new float[tokens[i].length];
                for (int t = 0; t < row.length; t++) {
                    if (tokens[i][t] < 0 || tokens[i][t] > LARGEST_TOKEN) {
                        throw new IllegalArgumentException(what + ": example " + i + ", step " + t + " is token "
                                + tokens[i][t] + "; tokens are numbers from 0 to " + LARGEST_TOKEN);
                    }
                    row[t] = tokens[i][t];
                }
                rows.add(row);
            }
            return set(rows, 0);
        }

        /**
         * Sets sequences of rows of features; a batch is {@code [batch, time, features]}.
         *
         * @param features {@code [examples][time][features]}, at least one step each, finite; copied
         * @return this builder
         * @throws IllegalArgumentException if a sequence is empty, rows differ in length, or a value is not finite
         */
        public Builder features(float[][][] features) {
            if (features.length == 0 || features[0].length == 0 || features[0][0].length == 0) {
                throw new IllegalArgumentException(
                        what + ": no example, " + step + " or feature at all; give at least one of each");
            }
            int columns = features[0][0].length;
            List<float[]> rows = new ArrayList<>(features.length);
            for (int i = 0; i < features.length; i++) {
                float[] row = new float[features[i].length * columns];
                for (int t = 0; t < features[i].length; t++) {
                    copy(features[i][t], row, columns, i, t);
                }
                rows.add(row);
            }
            return set(rows, columns);
        }

        private void copy(float[] values, float[] row, int columns, int example, int time) {
            String where = what + ": example " + example + ", " + step + " " + time;
            if (values.length != columns) {
                throw new IllegalArgumentException(where + " has " + values.length + " features and the first " + step
                        + " of all has " + columns + "; give all " + step + "s the same features");
            }
            for (int c = 0; c < columns; c++) {
                if (!Float.isFinite(values[c])) {
                    throw new IllegalArgumentException(
                            where + ", column " + c + " is " + values[c] + "; features must be finite numbers");
                }
                row[time * columns + c] = values[c];
            }
        }

        private Builder set(List<float[]> rows, int columns) {
            if (sequences != null) {
                throw new IllegalStateException(what + ": sequences were set already; set tokens or features once");
            }
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).length == 0) {
                    throw new IllegalArgumentException(
                            what + ": example " + i + " has no " + step + "s; leave empty examples out");
                }
            }
            sequences = List.copyOf(rows);
            width = columns;
            return this;
        }

        /**
         * Adds the labels of a task.
         *
         * @param task name of the task
         * @param taskLabels one label for each sequence, or {@link Labels#tags}
         * @return this builder
         * @throws IllegalStateException if the task has labels already
         */
        public Builder labels(String task, Labels taskLabels) {
            labels = labels.with(task, taskLabels);
            return this;
        }

        /**
         * {@return the source}
         *
         * @throws IllegalStateException if there are no sequences
         * @throws IllegalArgumentException if there are more or less labels than sequences, or tags than steps
         */
        public SequenceSource build() {
            if (sequences == null) {
                throw new IllegalStateException(what + ": no sequences; call tokens(...) or features(...)");
            }
            labels.checkSize(sequences.size());
            labels.byTask().forEach(this::checkTags);
            return new SequenceSource(input, sequences, width, labels);
        }

        private void checkTags(String task, Labels taskLabels) {
            if (taskLabels instanceof TagLabels tags) {
                for (int i = 0; i < sequences.size(); i++) {
                    int steps = sequences.get(i).length / Math.max(1, width);
                    if (tags.length(i) != steps) {
                        throw new IllegalArgumentException("task \"" + task + "\": " + tags.length(i) + " tags for "
                                + steps + " " + step + "s of example " + i + "; give one tag for each " + step);
                    }
                }
            }
        }
    }
}
