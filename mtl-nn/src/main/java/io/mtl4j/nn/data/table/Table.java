package io.mtl4j.nn.data.table;

import io.mtl4j.nn.data.ClassNames;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.data.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A table of text cells with named columns. A cell that is empty, or a question mark, is missing. Immutable. */
public final class Table {

    private final String name;
    private final List<String> columns;
    private final List<String[]> rows;
    private final List<Long> lines;

    Table(String name, List<String> columns, List<String[]> rows, List<Long> lines) {
        this.name = name;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
        this.lines = List.copyOf(lines);
    }

    /** {@return the names of the columns, in the file's order} */
    public List<String> columns() {
        return columns;
    }

    /** {@return the number of rows, without the line of names} */
    public int size() {
        return rows.size();
    }

    /**
     * {@return a cell's text}
     *
     * @param row number of the row, from 0
     * @param column name of the column
     * @throws IllegalArgumentException if there is no such column
     */
    public String cell(int row, String column) {
        return rows.get(row)[index(column)];
    }

    /**
     * {@return whether a cell is missing}
     *
     * @param row number of the row, from 0
     * @param column name of the column
     * @throws IllegalArgumentException if there is no such column
     */
    public boolean isMissing(int row, String column) {
        String cell = cell(row, column);
        return cell.isEmpty() || cell.equals("?");
    }

    /**
     * {@return a cell's number, NaN if it is missing}
     *
     * @param row number of the row, from 0
     * @param column name of the column
     * @throws DataFileException if the cell is no finite number
     * @throws IllegalArgumentException if there is no such column
     */
    public double number(int row, String column) {
        if (isMissing(row, column)) {
            return Double.NaN;
        }
        String cell = cell(row, column);
        double number;
        try {
            number = Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw wrong(row, column, cell).because(e);
        }
        if (!Double.isFinite(number)) {
            throw wrong(row, column, cell);
        }
        return number;
    }

    private DataFileException wrong(int row, String column, String cell) {
        return DataFileException.atLine(
                name,
                lines.get(row),
                "column \"" + column + "\" is \"" + cell
                        + "\"; it must be a finite number, or empty or ? where it is missing");
    }

    /**
     * {@return the cells of a column}
     *
     * @param column name of the column
     * @throws IllegalArgumentException if there is no such column
     */
    public List<String> column(String column) {
        int index = index(column);
        return rows.stream().map(row -> row[index]).toList();
    }

    /**
     * {@return labels of classes named in a column; missing where the cell is}
     *
     * @param column name of the column
     * @param names names of the classes
     * @throws DataFileException if a cell is no class
     * @throws IllegalArgumentException if there is no such column
     */
    public Labels classes(String column, ClassNames names) {
        int[] classes = new int[size()];
        for (int i = 0; i < classes.length; i++) {
            String cell = cell(i, column);
            if (!isMissing(i, column) && !names.contains(cell)) {
                throw DataFileException.atLine(
                        name,
                        lines.get(i),
                        "column \"" + column + "\" is \"" + cell + "\", which is none of the classes " + names
                                + "; leave the row out, or add the class");
            }
            classes[i] = isMissing(i, column) ? Labels.MISSING : names.number(cell);
        }
        return Labels.classes(classes);
    }

    /**
     * {@return labels of a yes-or-no question about a column; missing where the cell is}
     *
     * @param column name of the column
     * @param yes whether a cell means yes
     * @throws IllegalArgumentException if there is no such column
     */
    public Labels binary(String column, Predicate<String> yes) {
        return Labels.classes(IntStream.range(0, size())
                .map(i -> isMissing(i, column) ? Labels.MISSING : yes.test(cell(i, column)) ? 1 : 0)
                .toArray());
    }

    /**
     * {@return labels of numbers {@code [rows, columns]}; missing where a cell is}
     *
     * @param numeric names of the columns, at least one
     * @throws DataFileException if a cell is no number
     * @throws IllegalArgumentException if there is no such column
     */
    public Labels values(String... numeric) {
        float[][] values = new float[size()][numeric.length];
        for (int i = 0; i < values.length; i++) {
            for (int c = 0; c < numeric.length; c++) {
                values[i][c] = (float) number(i, numeric[c]);
            }
        }
        return Labels.rows(values);
    }

    /**
     * {@return some of the rows}
     *
     * @param indices numbers of the rows
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Table subset(int[] indices) {
        List<String[]> chosen = new ArrayList<>();
        List<Long> chosenLines = new ArrayList<>();
        for (int index : indices) {
            chosen.add(rows.get(index));
            chosenLines.add(lines.get(index));
        }
        return new Table(name, columns, chosen, chosenLines);
    }

    private int index(String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException(name + " has no column \"" + column + "\"; it has " + columns);
        }
        return index;
    }
}
