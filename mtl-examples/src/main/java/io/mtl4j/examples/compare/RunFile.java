package io.mtl4j.examples.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The finished runs as CSV, a line each, appended as they finish: a comparison that was stopped goes on after the last
 * complete line.
 */
final class RunFile {

    private static final List<String> BEFORE = List.of("method", "kind", "seed", "status");
    private static final List<String> AFTER =
            List.of("conflict_share", "mean_cosine", "ms_per_step", "seconds", "message");

    private final Path file;
    private final List<String> header;

    RunFile(Path file, Problem problem) {
        this.file = file;
        this.header = Stream.of(
                        BEFORE.stream(),
                        problem.tasks().stream().map(task -> task + "_" + problem.metric()),
                        AFTER.stream())
                .flatMap(names -> names)
                .toList();
    }

    /** Reads the runs, and leaves a file to which more can be appended. */
    List<Run> open() throws IOException {
        List<Run> runs = Files.exists(file) ? read() : List.of();
        List<String> lines = new ArrayList<>();
        lines.add(CSVFormat.RFC4180.format(header.toArray()));
        runs.forEach(run -> lines.add(line(run)));
        Files.write(file, lines);
        return runs;
    }

    private List<Run> read() throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        String text = Files.readString(file);
        // A line without its end was being written when the program was stopped.
        String complete = text.substring(0, text.lastIndexOf('\n') + 1);
        try (CSVParser parser = CSVParser.parse(complete, format)) {
            if (!complete.isEmpty() && !parser.getHeaderNames().equals(header)) {
                throw new IllegalArgumentException(file + ": columns " + parser.getHeaderNames() + " where " + header
                        + " were expected; give another folder with --out");
            }
            return parser.stream().map(this::run).toList();
        }
    }

    void append(Run run) throws IOException {
        Files.writeString(file, line(run) + System.lineSeparator(), StandardOpenOption.APPEND);
    }

    private String line(Run run) {
        List<Object> cells = new ArrayList<>(List.of(
                run.method().name(),
                run.method().kind().id(),
                run.seed(),
                run.status().id()));
        cells.addAll(run.values());
        cells.addAll(List.of(
                run.conflictShare(),
                run.cosine(),
                run.milliseconds(),
                run.seconds(),
                run.message().replaceAll("\\R", " ")));
        return CSVFormat.RFC4180.format(cells.toArray());
    }

    private Run run(CSVRecord line) {
        int tasks = header.size() - BEFORE.size() - AFTER.size();
        return new Run(
                Method.named(line.get("method")),
                Long.parseLong(line.get("seed")),
                Run.Status.of(line.get("status")),
                header.subList(BEFORE.size(), BEFORE.size() + tasks).stream()
                        .map(column -> number(line, column))
                        .toList(),
                number(line, "conflict_share"),
                number(line, "mean_cosine"),
                number(line, "ms_per_step"),
                number(line, "seconds"),
                line.get("message"));
    }

    private static double number(CSVRecord line, String column) {
        return Double.parseDouble(line.get(column));
    }
}
