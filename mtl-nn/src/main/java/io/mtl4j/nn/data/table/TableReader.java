package io.mtl4j.nn.data.table;

import io.mtl4j.nn.data.DataFileException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads tables from text files in UTF-8, whose first line names the columns. Cells are trimmed; blank lines are left out.
 */
public final class TableReader {

    private TableReader() {}

    /**
     * {@return a table of cells separated by commas; a cell with a comma, quote or line break stands in double quotes}
     *
     * @param file the file
     * @throws DataFileException if the file is missing, empty, not UTF-8, or rows differ in their number of cells
     */
    public static Table csv(Path file) {
        return read(file, CSVFormat.DEFAULT.builder());
    }

    /**
     * {@return a table of cells separated by tabulators; quotes mean nothing}
     *
     * @param file the file
     * @throws DataFileException if the file is missing, empty, not UTF-8, or rows differ in their number of cells
     */
    public static Table tsv(Path file) {
        return read(file, CSVFormat.DEFAULT.builder().setDelimiter('\t').setQuote(null));
    }

    private static Table read(Path file, CSVFormat.Builder format) {
        String name = file.toString();
        CSVFormat trimming = format.setTrim(true).setIgnoreEmptyLines(false).get();
        TableBuilder table = new TableBuilder(name);
        long line = 1;
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = trimming.parse(reader)) {
            for (CSVRecord cells : parser) {
                // The parser could leave blank lines out by itself, but then its line numbers would not be those of
                // rows.
                if (cells.size() > 1 || !cells.get(0).isEmpty()) {
                    table.add(cells, line);
                }
                line = parser.getCurrentLineNumber() + 1;
            }
            return table.build();
        } catch (NoSuchFileException e) {
            throw DataFileException.of(name, "no such file; check the path").because(e);
        } catch (IOException | UncheckedIOException e) {
            throw fault(name, line, e);
        }
    }

    private static DataFileException fault(String name, long line, Exception e) {
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        if (cause instanceof CharacterCodingException) {
            return DataFileException.atLine(
                            name,
                            line,
                            "in or after this line there are bytes that are not UTF-8; save the" + " file in UTF-8")
                    .because(e);
        }
        return DataFileException.atLine(name, line, "cannot be read: " + cause.getMessage())
                .because(e);
    }
}
