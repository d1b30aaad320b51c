package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Prediction;
import io.mtl4j.nn.persist.KnownTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Adds a model's answers to the rows of a table.
 *
 * <pre>{@code
 * Dataset<Row> answered = SparkPredictor.of(model).predict(rows, RowColumns.of(model, "pixels"));
 * answered.select("predicted_digit", "predicted_digit_probabilities").show();
 * }</pre>
 *
 * <p>Each task gets a column: the class, or an array of classes (several labels, tags, tokens, ranks), by name where classes
 * have names; or the value, or an array of them. Where there are probabilities, they are in a second column.
 *
 * <p>The model goes to the cluster as it is at the call; each partition has one of its own, whose memory is given back when the
 * partition is done.
 */
public final class SparkPredictor {

    private static final int ROWS = 256;

    private final MultiTaskModel model;
    private final String prefix;
    private final SparkTypes types;

    private SparkPredictor(MultiTaskModel model, String prefix, SparkTypes types) {
        this.model = Objects.requireNonNull(model, "model");
        this.prefix = Objects.requireNonNull(prefix, "prefix");
        this.types = Objects.requireNonNull(types, "types");
    }

    /**
     * {@return a predictor}
     *
     * @param model the model
     */
    public static SparkPredictor of(MultiTaskModel model) {
        return new SparkPredictor(model, "predicted_", KnownTypes::standard);
    }

    /**
     * {@return this predictor with another prefix of its columns, which is {@code predicted_} unless set}
     *
     * @param value comes before the task's name
     */
    public SparkPredictor prefix(String value) {
        return new SparkPredictor(model, value, types);
    }

    /**
     * {@return this predictor for a model that has layers, heads or losses of the application's own}
     *
     * @param value makes the types
     */
    public SparkPredictor types(SparkTypes value) {
        return new SparkPredictor(model, prefix, value);
    }

    /**
     * {@return the rows with columns of answers behind their own} Computed when Spark needs them.
     *
     * @param rows the rows
     * @param columns tells which columns are features; labels are not looked at
     * @throws IllegalArgumentException if there is a column of such a name already
     */
    public Dataset<Row> predict(Dataset<Row> rows, RowColumns columns) {
        List<AnswerColumns> answers = answers(columns.input());
        StructType schema = schema(rows.schema(), answers);
        Broadcast<ModelBytes> bytes = JavaSparkContext.fromSparkContext(
                        rows.sparkSession().sparkContext())
                .broadcast(ModelBytes.of(model, types));
        return rows.mapPartitions(
                (Iterator<Row> part) -> {
                    MultiTaskModel own = bytes.value().model();
                    TaskCompletionListener close = context -> own.close();
                    TaskContext.get().addTaskCompletionListener(close);
                    Iterator<List<Row>> answered =
                            new Grouped<>(part, ROWS, group -> answered(own, group, columns, answers));
                    return new Flattened<>(answered);
                },
                Encoders.row(schema));
    }

    private List<AnswerColumns> answers(String input) {
        int number = model.architecture().indexOfInput(input);
        List<AnswerColumns> answers = new ArrayList<>();
        for (Head head : model.heads()) {
            int reads = model.architecture()
                    .inputOf(model.tasks().indexOf(head.task().name()));
            if (reads == number) {
                answers.add(AnswerColumns.of(head.task(), prefix));
            }
        }
        return answers;
    }

    private StructType schema(StructType rows, List<AnswerColumns> answers) {
        StructType schema = rows;
        for (AnswerColumns answer : answers) {
            for (StructField field : answer.fields()) {
                if (Arrays.asList(schema.fieldNames()).contains(field.name())) {
                    throw new IllegalArgumentException("the table has a column \"" + field.name()
                            + "\" already; choose another prefix than \"" + prefix + "\" with prefix(...)");
                }
                schema = schema.add(field);
            }
        }
        return schema;
    }

    private static List<Row> answered(
            MultiTaskModel model, List<Row> rows, RowColumns columns, List<AnswerColumns> answers) {
        SourceBatch examples = columns.examples(rows);
        List<Prediction> predictions = model.predictBatch(columns.input(), examples);
        List<Row> answered = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<Object> values = new ArrayList<>();
            for (int c = 0; c < rows.get(i).size(); c++) {
                values.add(rows.get(i).get(c));
            }
            for (AnswerColumns answer : answers) {
                values.addAll(answer.values(predictions.get(i).task(answer.task())));
            }
            answered.add(RowFactory.create(values.toArray()));
        }
        return answered;
    }

    /** The elements of lists, one list after the other. */
    private static final class Flattened<T> implements Iterator<T> {
        private final Iterator<List<T>> lists;
        private Iterator<T> list = Collections.emptyIterator();

        Flattened(Iterator<List<T>> lists) {
            this.lists = lists;
        }

        @Override
        public boolean hasNext() {
            while (!list.hasNext() && lists.hasNext()) {
                list = lists.next().iterator();
            }
            return list.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("all elements were read");
            }
            return list.next();
        }
    }
}
