package io.mtl4j.nn.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;

/** A line of numbers for each step; cells of numbers that are not known are empty. */
final class DiagnosticsCsv implements AutoCloseable {

    private final Path file;
    private final Writer out;

    DiagnosticsCsv(Path file, List<String> tasks) {
        this.file = file.toAbsolutePath();
        try {
            Files.createDirectories(this.file.getParent());
            this.out = Files.newBufferedWriter(this.file);
        } catch (IOException e) {
            throw failed(e);
        }
        try {
            CSVFormat.DEFAULT.printRecord(out, header(tasks).toArray());
        } catch (IOException e) {
            close();
            throw failed(e);
        }
    }

    private static List<String> header(List<String> tasks) {
        List<String> header = new ArrayList<>(List.of("epoch", "step"));
        tasks.forEach(task -> header.add("loss:" + task));
        tasks.forEach(task -> header.add("weight:" + task));
        tasks.forEach(task -> header.add("norm:" + task));
        header.addAll(pairs(tasks).stream().map(pair -> "cosine:" + pair).toList());
        return header;
    }

    /** The pairs of tasks, each once. */
    static List<String> pairs(List<String> tasks) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            for (int j = i + 1; j < tasks.size(); j++) {
                pairs.add(tasks.get(i) + "/" + tasks.get(j));
            }
        }
        return pairs;
    }

    void write(StepDiagnostics step, double[] norms, double[] pairs) {
        List<Object> cells = new ArrayList<>(List.of(step.epoch(), step.step()));
        for (double[] values : List.of(step.losses(), step.weights(), norms, pairs)) {
            for (double value : values) {
                cells.add(Double.isNaN(value) ? "" : value);
            }
        }
        try {
            CSVFormat.DEFAULT.printRecord(out, cells.toArray());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException cause) {
        return OutputFile.failed("gradient diagnostics", file, cause);
    }
}
