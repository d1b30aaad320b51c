package io.mtl4j.nn.data.table;

import java.util.List;

/** How a column is written as numbers; fitted to the training part. */
public sealed interface ColumnEncoding permits NumericColumn, CategoricalColumn {

    /** {@return the name of the column} */
    String column();

    /** {@return the names of the features that the column becomes} */
    List<String> features();

    /**
     * Writes a cell as numbers.
     *
     * @param table the table
     * @param row number of the row
     * @param features where to write
     * @param offset where to begin
     */
    void encode(Table table, int row, float[] features, int offset);
}
