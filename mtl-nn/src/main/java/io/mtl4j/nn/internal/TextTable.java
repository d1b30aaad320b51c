package io.mtl4j.nn.internal;

import java.util.ArrayList;
import java.util.List;

/** A table of texts for people: the first column flush left, the others flush right. */
public final class TextTable {

    private final List<List<String>> lines = new ArrayList<>();

    /**
     * Begins a table.
     *
     * @param header the names of the columns
     */
    public TextTable(List<String> header) {
        lines.add(List.copyOf(header));
    }

    /**
     * Adds a line.
     *
     * @param cells as many as there are columns
     */
    public void add(List<String> cells) {
        lines.add(List.copyOf(cells));
    }

    /** {@return the table, each line with its end} */
    @Override
    public String toString() {
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        lines.forEach(line -> {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], line.get(c).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String pad = " ".repeat(widths[c] - line.get(c).length());
                row.append(c == 0 ? line.get(c) + pad : "  " + pad + line.get(c));
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
