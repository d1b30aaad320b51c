package io.mtl4j.nn.data.table;

import io.mtl4j.nn.data.DataFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;

/** Puts a table together from rows, the first of which names the columns. */
final class TableBuilder {

    private final String name;
    private final List<String[]> rows = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private List<String> columns = List.of();

    TableBuilder(String name) {
        this.name = name;
    }

    void add(CSVRecord cells, long line) {
        if (columns.isEmpty()) {
            columns = header(cells, line);
        } else if (cells.size() == columns.size()) {
            rows.add(cells.values());
            lines.add(line);
        } else {
            String problem = cells.size() + " cells in a table of " + columns.size()
                    + " columns; give each row one cell for each column";
            throw DataFileException.atLine(name, line, problem);
        }
    }

    Table build() {
        if (rows.isEmpty()) {
            throw DataFileException.of(name, "no rows; a table needs a line of column names and at least one more");
        }
        return new Table(name, columns, rows, lines);
    }

    private List<String> header(CSVRecord cells, long line) {
        List<String> header = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String cell : cells) {
            // Some programs begin UTF-8 files with a byte order mark.
            String column = header.isEmpty() && cell.startsWith("\uFEFF") ? cell.substring(1) : cell;
            if (column.isEmpty() || !seen.add(column)) {
                String problem = "column " + (header.size() + 1) + " is named \"" + column
                        + "\"; the first line must give each column a name of its own";
                throw DataFileException.atLine(name, line, problem);
            }
            header.add(column);
        }
        return header;
    }
}
