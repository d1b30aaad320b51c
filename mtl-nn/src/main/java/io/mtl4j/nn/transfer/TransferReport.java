package io.mtl4j.nn.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What went from one model to another, array by array.
 *
 * <pre>
 * outcome  array          shape     note
 * copied   encoder.0.W    [784, 64]
 * copied   encoder.0.b    [64]
 * fresh    head:loop.0.W  [64, 1]   not in the source
 * fresh    head:loop.0.b  [1]       not in the source
 * unused   head:digit.0.W [64, 10]
 * unused   head:digit.0.b [10]
 * 50,240 of 50,305 numbers copied; 650 of the source unused
 * </pre>
 *
 * @param rows first the model's parameters and buffers in their order, then what the source has besides
 */
public record TransferReport(List<Row> rows) {

    /** Copies the list. */
    public TransferReport {
        rows = List.copyOf(rows);
    }

    /** What became of an array. */
    public enum Outcome {
        /** The model has the source's numbers. */
        COPIED,
        /** The model keeps what it had. */
        FRESH,
        /** The source has it, and the model has no use for it. */
        UNUSED
    }

    /**
     * One array.
     *
     * @param outcome what became of it
     * @param name of the parameter or buffer; a buffer's input is named as well
     * @param shape its shape
     * @param note where it comes from if that has another name; why it is fresh
     */
    public record Row(Outcome outcome, String name, List<Long> shape, String note) {

        /** Copies the shape. */
        public Row {
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(note, "note");
            shape = List.copyOf(shape);
        }

        /** {@return the number of elements} */
        public long numbers() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }
    }

    /** {@return the names of what was copied} */
    public List<String> copied() {
        return names(Outcome.COPIED);
    }

    /** {@return the names of what keeps its start} */
    public List<String> fresh() {
        return names(Outcome.FRESH);
    }

    /** {@return the names of what the source has besides} */
    public List<String> unused() {
        return names(Outcome.UNUSED);
    }

    private List<String> names(Outcome outcome) {
        return rows.stream()
                .filter(row -> row.outcome == outcome)
                .map(Row::name)
                .toList();
    }

    /**
     * {@return the number of elements of all arrays with an outcome}
     *
     * @param outcome the outcome
     */
    public long numbers(Outcome outcome) {
        return rows.stream()
                .filter(row -> row.outcome == outcome)
                .mapToLong(Row::numbers)
                .sum();
    }

    /** {@return a table for people} */
    public String table() {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"outcome", "array", "shape", "note"});
        for (Row row : rows) {
            String outcome = row.outcome.name().toLowerCase(Locale.ROOT);
            lines.add(new String[] {outcome, row.name, row.shape.toString(), row.note});
        }
        int name = lines.stream().mapToInt(line -> line[1].length()).max().orElseThrow();
        int shape = lines.stream().mapToInt(line -> line[2].length()).max().orElseThrow();
        StringBuilder text = new StringBuilder();
        for (String[] line : lines) {
            String format = "%-8s %-" + name + "s %-" + shape + "s %s";
            text.append(String.format(format, (Object[]) line).stripTrailing()).append('\n');
        }
        long copied = numbers(Outcome.COPIED);
        return text.append(String.format(
                        Locale.ROOT,
                        "%,d of %,d numbers copied; %,d of the source unused%n",
                        copied,
                        copied + numbers(Outcome.FRESH),
                        numbers(Outcome.UNUSED)))
                .toString();
    }

    @Override
    public String toString() {
        return table();
    }
}
