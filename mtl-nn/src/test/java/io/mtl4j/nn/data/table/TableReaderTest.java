package io.mtl4j.nn.data.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.DataFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableReaderTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("table");
    }

    private Table csv(String text) throws IOException {
        Files.writeString(file, text);
        return TableReader.csv(file);
    }

    private String faultOf(String text) {
        return assertThrows(DataFileException.class, () -> csv(text)).getMessage();
    }

    @Test
    void readsQuotesBlankLinesAndBothLineEnds() throws IOException {
        Table table = csv("\uFEFFname, age\r\n\"Doe, \"\"J\"\"\", 39 \n\n\"two\nlines\",?\nlast,");
        assertEquals(List.of("name", "age"), table.columns());
        assertEquals(3, table.size());
        assertEquals("Doe, \"J\"", table.cell(0, "name"));
        assertEquals(39, table.number(0, "age"));
        assertEquals("two\nlines", table.cell(1, "name"));
        assertTrue(table.isMissing(1, "age"));
        assertTrue(table.isMissing(2, "age"));
        assertFalse(table.isMissing(2, "name"));
        assertTrue(Double.isNaN(table.number(2, "age")));
        assertEquals(List.of("39", "?", ""), table.column("age"));
    }

    @Test
    void quotesMeanNothingInTsv() throws IOException {
        Files.writeString(file, "label\ttext\n1\t\"Good, it's\n0\t5\" screen\n");
        Table table = TableReader.tsv(file);
        assertEquals("\"Good, it's", table.cell(0, "text"));
        assertEquals("5\" screen", table.cell(1, "text"));
    }

    @Test
    void rowsOfAnotherLengthAreNamedByTheirLine() {
        assertEquals(
                file + ", line 6: 3 cells in a table of 2 columns; give each row one cell for each column",
                faultOf("a,b\n1,\"x\ny\"\n\n3,4\n5,6,7\n"));
        assertTrue(faultOf("a,b\n1\n").startsWith(file + ", line 2: 1 cells"));
    }

    @Test
    void cellsThatAreNoNumbersAreNamedByTheirLine() throws IOException {
        Table table = csv("a,b\n1,2\n\n1,zwei\n1,NaN\n1,Infinity\n");
        assertEquals(
                file
                        + ", line 4: column \"b\" is \"zwei\"; it must be a finite number, or empty or ? where it is missing",
                assertThrows(DataFileException.class, () -> table.number(1, "b"))
                        .getMessage());
        assertThrows(DataFileException.class, () -> table.number(2, "b"));
        assertThrows(DataFileException.class, () -> table.subset(new int[] {3}).number(0, "b"));
    }

    @Test
    void badHeadersAndEmptyTablesAreRefused() {
        assertTrue(faultOf("a,a\n1,2\n").startsWith(file + ", line 1: column 2 is named \"a\""));
        assertTrue(faultOf("a,\n1,2\n").startsWith(file + ", line 1: column 2 is named \"\""));
        assertTrue(faultOf("").startsWith(file + ": no rows"));
        assertTrue(faultOf("a,b\n").startsWith(file + ": no rows"));
    }

    @Test
    void damagedAndMissingFilesAreRefused() throws IOException {
        assertTrue(faultOf("a,b\n1,\"never closed\n2,3\n").startsWith(file + ", line 2: cannot be read"));
        Files.write(file, "a,b\n1,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
        String message = assertThrows(DataFileException.class, () -> TableReader.csv(file))
                .getMessage();
        assertTrue(message.contains("not UTF-8"), message);
        Path nowhere = folder.resolve("nowhere.csv");
        assertEquals(
                nowhere + ": no such file; check the path",
                assertThrows(DataFileException.class, () -> TableReader.csv(nowhere))
                        .getMessage());
        assertThrows(DataFileException.class, () -> TableReader.csv(folder));
    }

    @Test
    void unknownColumnsAreNamed() throws IOException {
        Table table = csv("a,b\n1,2\n");
        assertEquals(
                file + " has no column \"c\"; it has [a, b]",
                assertThrows(IllegalArgumentException.class, () -> table.column("c"))
                        .getMessage());
    }
}
