package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.model.InputSpec;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.task.TaskKind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Tells which columns of a table are an input's features and which are labels. Immutable.
 *
 * <pre>{@code
 * RowColumns columns = RowColumns.of(model, "pixels").label("digit", "class");
 * }</pre>
 *
 * <p>A column holds a number, a boolean, or an array of either. The numbers of the feature columns, one column after the other,
 * are one example in the order of the input's shape: a picture by channel, row and column; a sequence step by step, of any length.
 * An empty cell of a label column is a missing label.
 */
public final class RowColumns implements Serializable {

    private static final long serialVersionUID = 1;

    private final String input;
    private final String shape;
    private final long[] dimensions;
    private final ArrayList<String> features;
    private final TreeMap<String, Label> labels;
    private final TreeMap<String, Boolean> classTasks;

    private record Label(String column, boolean oneClass) implements Serializable {}

    private RowColumns(RowColumns other, Map<String, Label> labels) {
        this.input = other.input;
        this.shape = other.shape;
        this.dimensions = other.dimensions;
        this.features = other.features;
        this.classTasks = other.classTasks;
        this.labels = new TreeMap<>(labels);
    }

    private RowColumns(Predictor model, InputSpec input, List<String> features) {
        if (features.isEmpty()) {
            throw new IllegalArgumentException(
                    "no feature columns of input \"" + input.name() + "\"; give at least one");
        }
        this.input = input.name();
        this.shape = input.shape().toString();
        this.dimensions = input.shape().dimensions();
        this.features = new ArrayList<>(features);
        this.labels = new TreeMap<>();
        this.classTasks = new TreeMap<>();
        for (Head head : model.heads()) {
            TaskKind kind = head.task().kind();
            classTasks.put(head.task().name(), kind == TaskKind.BINARY || kind == TaskKind.MULTI_CLASS);
        }
    }

    /**
     * {@return the columns of the features of a model's only input, without labels}
     *
     * @param model the model
     * @param features the columns, at least one
     * @throws IllegalArgumentException if the model has several inputs, or there is no column
     */
    public static RowColumns of(Predictor model, String... features) {
        if (model.inputs().size() != 1) {
            throw new IllegalArgumentException("a model with the inputs "
                    + model.inputs().stream().map(InputSpec::name).toList()
                    + "; say which one the columns are for: RowColumns.ofInput(model, input, columns)");
        }
        return new RowColumns(model, model.inputs().get(0), List.of(features));
    }

    /**
     * {@return the columns of the features of one of a model's inputs, without labels}
     *
     * @param model the model
     * @param input the input's name
     * @param features the columns, at least one
     * @throws IllegalArgumentException if there is no such input, or no column
     */
    public static RowColumns ofInput(Predictor model, String input, String... features) {
        InputSpec spec = model.inputs().stream()
                .filter(each -> each.name().equals(input))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no input \"" + input + "\"; the inputs are "
                        + model.inputs().stream().map(InputSpec::name).toList()));
        return new RowColumns(model, spec, List.of(features));
    }

    /**
     * {@return these columns and the labels of one more task}
     *
     * @param task the task's name
     * @param column the column
     * @throws IllegalArgumentException if there is no such task
     */
    public RowColumns label(String task, String column) {
        Boolean oneClass = classTasks.get(task);
        if (oneClass == null) {
            throw new IllegalArgumentException("no task \"" + task + "\"; the tasks are " + classTasks.keySet());
        }
        Map<String, Label> more = new TreeMap<>(labels);
        more.put(task, new Label(column, oneClass));
        return new RowColumns(this, more);
    }

    /** {@return the name of the input} */
    public String input() {
        return input;
    }

    /** {@return rows with their labels} */
    MultiTaskBatch labelled(List<Row> rows) {
        Map<String, INDArray> byTask = new HashMap<>();
        labels.forEach((task, label) -> byTask.put(task, labels(rows, label)));
        return new MultiTaskBatch(Map.of(input, examples(rows).withLabels(byTask, Map.of())));
    }

    private static INDArray labels(List<Row> rows, Label label) {
        List<float[]> numbers = new ArrayList<>();
        rows.forEach(row -> numbers.add(RowArrays.numbers(row, label.column())));
        INDArray all = RowArrays.fillUp(numbers, Float.NaN);
        return label.oneClass() && all.columns() == 1 ? all.reshape(rows.size()) : all;
    }

    /** {@return rows without labels} */
    SourceBatch examples(List<Row> rows) {
        List<float[]> examples = rows.stream().map(this::features).toList();
        long width = Arrays.stream(dimensions).filter(size -> size > 0).reduce(1, (a, b) -> a * b);
        boolean timed = Arrays.stream(dimensions).anyMatch(size -> size < 0);
        for (float[] example : examples) {
            if (timed ? example.length == 0 || example.length % width != 0 : example.length != width) {
                throw new IllegalArgumentException("columns " + features + " have " + example.length
                        + " numbers in a row for input \"" + input + "\" of shape " + shape + "; there must be "
                        + (timed ? "some, and a multiple of " : "") + width);
            }
        }
        INDArray all = RowArrays.fillUp(examples, 0);
        long time = all.columns() / width;
        long[] shaped = new long[dimensions.length + 1];
        shaped[0] = rows.size();
        for (int i = 0; i < dimensions.length; i++) {
            shaped[i + 1] = dimensions[i] < 0 ? time : dimensions[i];
        }
        return SourceBatch.of(all.reshape('c', shaped), timed ? steps(examples, width, time) : null);
    }

    private static INDArray steps(List<float[]> examples, long width, long time) {
        INDArray steps = Nd4j.zeros(examples.size(), time);
        for (int i = 0; i < examples.size(); i++) {
            for (int t = 0; t < examples.get(i).length / width; t++) {
                steps.putScalar(i, t, 1);
            }
        }
        return steps;
    }

    private float[] features(Row row) {
        List<float[]> parts = new ArrayList<>();
        int length = 0;
        for (String column : features) {
            float[] part = RowArrays.numbers(row, column);
            if (part == null) {
                throw new IllegalArgumentException(
                        "column \"" + column + "\" of features has an empty cell; fill it in, or leave the row out");
            }
            parts.add(part);
            length += part.length;
        }
        float[] all = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
