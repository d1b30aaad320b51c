package io.mtl4j.nn.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Numbers out of the cells of a table, and arrays out of numbers. */
final class RowArrays {

    private RowArrays() {}

    /**
     * {@return the numbers of a cell: one, or those of an array; null if there is nothing in it}
     *
     * @throws IllegalArgumentException if it has something else, or a place in its array is empty
     */
    static float[] numbers(Row row, String column) {
        int index = row.fieldIndex(column);
        if (row.isNullAt(index)) {
            return null;
        }
        Object cell = row.get(index);
        if (cell instanceof Number || cell instanceof Boolean) {
            return new float[] {number(cell, column)};
        }
        if (cell instanceof String) {
            throw unreadable(column, cell);
        }
        List<?> elements = row.getList(index);
        float[] numbers = new float[elements.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(elements.get(i), column);
        }
        return numbers;
    }

    private static float number(Object value, String column) {
        if (value instanceof Number number) {
            return number.floatValue();
        }
        if (value instanceof Boolean yes) {
            return yes ? 1 : 0;
        }
        throw unreadable(column, value);
    }

    private static IllegalArgumentException unreadable(String column, Object value) {
        return new IllegalArgumentException(
                "column \"" + column + "\" has " + (value == null ? "null" : "\"" + value + '"')
                        + " where a number, a boolean or an array of them is wanted; turn it into one with Spark's functions");
    }

    /**
     * {@return the rows as one array {@code [rows, longest]}}
     *
     * @param rows the rows; null stands for a row of fillers
     * @param filler what fills up shorter rows
     */
    static INDArray fillUp(List<float[]> rows, float filler) {
        int longest = longest(rows);
        float[] all = new float[rows.size() * longest];
        Arrays.fill(all, filler);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i) != null) {
                System.arraycopy(rows.get(i), 0, all, i * longest, rows.get(i).length);
            }
        }
        return Nd4j.createFromArray(all).reshape(rows.size(), longest);
    }

    private static int longest(List<float[]> rows) {
        return rows.stream().mapToInt(row -> row == null ? 1 : row.length).max().orElse(1);
    }
}
