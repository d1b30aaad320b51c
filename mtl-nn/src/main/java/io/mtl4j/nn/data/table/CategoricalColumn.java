package io.mtl4j.nn.data.table;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A column of categories: those of the training part have codes 1, 2, ... in the order of their names; code 0 is for what is
 * missing or was not seen in training. Written as one feature for each code, 1 for the cell's and 0 for others, or as the
 * code itself, for an embedding.
 *
 * @param column name of the column
 * @param categories categories seen in training, sorted
 * @param oneHot whether there is one feature for each code; else the code is the only feature
 */
public record CategoricalColumn(String column, List<String> categories, boolean oneHot) implements ColumnEncoding {

    /** Copies the categories. */
    public CategoricalColumn {
        Objects.requireNonNull(column, "column");
        categories = List.copyOf(new TreeSet<>(categories));
    }

    static CategoricalColumn fit(Table table, String column, boolean oneHot) {
        TreeSet<String> seen = new TreeSet<>();
        for (int i = 0; i < table.size(); i++) {
            if (!table.isMissing(i, column)) {
                seen.add(table.cell(i, column));
            }
        }
        return new CategoricalColumn(column, List.copyOf(seen), oneHot);
    }

    /** {@return the number of codes, that of the unknown included} */
    public int codes() {
        return categories.size() + 1;
    }

    /**
     * {@return the code of a category, 0 if it is unknown}
     *
     * @param category the category
     */
    public int code(String category) {
        int place = Collections.binarySearch(categories, category);
        return place < 0 ? 0 : place + 1;
    }

    @Override
    public List<String> features() {
        return oneHot
                ? Stream.concat(Stream.of("unknown"), categories.stream())
                        .map(category -> column + " = " + category)
                        .toList()
                : List.of(column);
    }

    @Override
    public void encode(Table table, int row, float[] features, int offset) {
        int code = table.isMissing(row, column) ? 0 : code(table.cell(row, column));
        if (oneHot) {
            features[offset + code] = 1;
        } else {
            features[offset] = code;
        }
    }
}
