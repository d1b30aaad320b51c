package io.mtl4j.nn.data.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes tables as rows of numbers. Fitted to the training part, and kept with the model: other parts are written in the same
 * way, whatever is in them.
 *
 * @param columns how each column is written, in the order of the features
 */
public record TableEncoder(List<ColumnEncoding> columns) {

    /** Copies the columns. */
    public TableEncoder {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("table encoder: no columns; give at least one");
        }
        Set<String> seen = new HashSet<>();
        for (ColumnEncoding encoding : columns) {
            if (!seen.add(encoding.column())) {
                throw new IllegalArgumentException(
                        "table encoder: column \"" + encoding.column() + "\" is there twice; give each column once");
            }
        }
    }

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the names of the features} */
    public List<String> features() {
        return columns.stream().flatMap(column -> column.features().stream()).toList();
    }

    /** {@return the number of features} */
    public int width() {
        return features().size();
    }

    /**
     * {@return a table as numbers {@code [rows][features]}}
     *
     * @param table a table with the columns of the training part; others are ignored
     * @throws IllegalArgumentException if a column is not there
     * @throws io.mtl4j.nn.data.DataFileException if a cell of a numeric column is no number
     */
    public float[][] encode(Table table) {
        float[][] rows = new float[table.size()][width()];
        int offset = 0;
        for (ColumnEncoding column : columns) {
            for (int i = 0; i < rows.length; i++) {
                column.encode(table, i, rows[i], offset);
            }
            offset += column.features().size();
        }
        return rows;
    }

    /** Collects the columns. */
    public static final class Builder {

        private final Map<String, Kind> kinds = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds columns of numbers: see {@link NumericColumn}.
         *
         * @param columns names of the columns
         * @return this builder
         * @throws IllegalStateException if a column was added already
         */
        public Builder numeric(String... columns) {
            return add(Kind.NUMERIC, columns);
        }

        /**
         * Adds columns of numbers, each with a feature that tells where it is missing: see {@link NumericColumn}.
         *
         * @param columns names of the columns
         * @return this builder
         * @throws IllegalStateException if a column was added already
         */
        public Builder numericOrMissing(String... columns) {
            return add(Kind.NUMERIC_OR_MISSING, columns);
        }

        /**
         * Adds columns of categories with one feature for each: see {@link CategoricalColumn}.
         *
         * @param columns names of the columns
         * @return this builder
         * @throws IllegalStateException if a column was added already
         */
        public Builder categorical(String... columns) {
            return add(Kind.ONE_HOT, columns);
        }

        /**
         * Adds columns of categories written as codes: see {@link CategoricalColumn}.
         *
         * @param columns names of the columns
         * @return this builder
         * @throws IllegalStateException if a column was added already
         */
        public Builder codes(String... columns) {
            return add(Kind.CODES, columns);
        }

        private Builder add(Kind kind, String... columns) {
            for (String column : columns) {
                if (kinds.put(column, kind) != null) {
                    throw new IllegalStateException(
                            "table encoder: column \"" + column + "\" was added already; add each column once");
                }
            }
            return this;
        }

        /**
         * {@return an encoder fitted to a table}
         *
         * @param train the training part
         * @throws IllegalArgumentException if there are no columns, one is not in the table, or a numeric one has no number
         * @throws io.mtl4j.nn.data.DataFileException if a cell of a numeric column is no number
         */
        public TableEncoder fit(Table train) {
            List<ColumnEncoding> columns = new ArrayList<>();
            kinds.forEach((column, kind) -> columns.add(fit(train, column, kind)));
            return new TableEncoder(columns);
        }

        private static ColumnEncoding fit(Table train, String column, Kind kind) {
            return switch (kind) {
                case NUMERIC -> NumericColumn.fit(train, column, false);
                case NUMERIC_OR_MISSING -> NumericColumn.fit(train, column, true);
                case ONE_HOT -> CategoricalColumn.fit(train, column, true);
                case CODES -> CategoricalColumn.fit(train, column, false);
            };
        }

        private enum Kind {
            NUMERIC,
            NUMERIC_OR_MISSING,
            ONE_HOT,
            CODES
        }
    }
}
