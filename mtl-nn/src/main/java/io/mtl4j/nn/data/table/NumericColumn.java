package io.mtl4j.nn.data.table;

import io.mtl4j.nn.data.Standardizer;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A column of numbers: standardised to mean 0 and deviation 1 over the training part. A missing number becomes the mean, 0;
 * a second feature may tell that it was missing.
 *
 * @param column name of the column
 * @param standardizer mean and standard deviation of the training part's numbers
 * @param indicator whether a second feature is 1 where the number is missing, else 0
 */
public record NumericColumn(String column, Standardizer standardizer, boolean indicator) implements ColumnEncoding {

    /** Checks the values. */
    public NumericColumn {
        Objects.requireNonNull(column, "column");
        if (standardizer.mean().size() != 1) {
            throw new IllegalArgumentException("column \"" + column + "\": standardizer of "
                    + standardizer.mean().size() + " columns; give one of one column");
        }
    }

    static NumericColumn fit(Table table, String column, boolean indicator) {
        double[] numbers = new double[table.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = table.number(i, column);
        }
        try {
            Standardizer fitted = Standardizer.fit(Nd4j.createFromArray(numbers).reshape(numbers.length, 1));
            return new NumericColumn(column, fitted, indicator);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("column \"" + column + "\": " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> features() {
        return indicator ? List.of(column, column + " missing") : List.of(column);
    }

    @Override
    public void encode(Table table, int row, float[] features, int offset) {
        boolean missing = table.isMissing(row, column);
        features[offset] = missing ? 0 : (float) standardizer.apply(0, table.number(row, column));
        if (indicator) {
            features[offset + 1] = missing ? 1 : 0;
        }
    }
}
