package io.mtl4j.nn.spark;

import io.mtl4j.nn.head.TaskPrediction;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The columns in which a task's answers are given.
 *
 * @param task the task's name
 * @param column the name of the first column
 * @param kind what kind of answer it gives
 * @param named whether its classes have names
 * @param outputs number of its outputs
 */
record AnswerColumns(String task, String column, TaskKind kind, boolean named, int outputs) implements Serializable {

    static AnswerColumns of(Task task, String prefix) {
        return new AnswerColumns(
                task.name(),
                prefix + task.name(),
                task.kind(),
                !task.classNames().isEmpty(),
                task.outputs());
    }

    /** {@return the columns' names and types} */
    List<StructField> fields() {
        List<StructField> fields = new ArrayList<>();
        fields.add(DataTypes.createStructField(column, answerType(), false));
        if (hasProbabilities()) {
            fields.add(DataTypes.createStructField(column + "_probabilities", array(DataTypes.DoubleType), false));
        }
        return fields;
    }

    private DataType answerType() {
        DataType each = named ? DataTypes.StringType : DataTypes.IntegerType;
        return switch (kind) {
            case BINARY, MULTI_CLASS -> each;
            case MULTI_LABEL, TAGGING, SEQUENCE -> array(each);
            case RANKING -> array(DataTypes.IntegerType);
            case REGRESSION -> outputs == 1 ? DataTypes.DoubleType : array(DataTypes.DoubleType);
            default -> array(DataTypes.DoubleType);
        };
    }

    private static DataType array(DataType of) {
        return DataTypes.createArrayType(of, false);
    }

    private boolean hasProbabilities() {
        return kind == TaskKind.BINARY || kind == TaskKind.MULTI_CLASS || kind == TaskKind.MULTI_LABEL;
    }

    /** {@return the values of the columns for one example} */
    List<Object> values(TaskPrediction answer) {
        List<Object> values = new ArrayList<>();
        values.add(
                switch (kind) {
                    case BINARY, MULTI_CLASS -> named ? answer.label() : (Object) answer.classIndex();
                    case MULTI_LABEL, TAGGING, SEQUENCE ->
                        named
                                ? answer.labels().toArray(String[]::new)
                                : answer.classes().toArray(Integer[]::new);
                    case RANKING -> answer.classes().toArray(Integer[]::new);
                    case REGRESSION -> outputs == 1 ? (Object) answer.value() : all(answer.values());
                    default -> all(answer.values());
                });
        if (hasProbabilities()) {
            values.add(all(List.of(answer.probabilities())));
        }
        return values;
    }

    private static Double[] all(List<double[]> rows) {
        return rows.stream().flatMapToDouble(Arrays::stream).boxed().toArray(Double[]::new);
    }
}
