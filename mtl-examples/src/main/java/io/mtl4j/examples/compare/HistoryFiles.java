package io.mtl4j.examples.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** The steps of every run as CSV, a file each: epochs done, cosine between gradients, weights by task. */
final class HistoryFiles {

    private final Path folder;
    private final List<String> tasks;

    HistoryFiles(Path folder, List<String> tasks) {
        this.folder = folder;
        this.tasks = tasks;
    }

    void write(Run run, List<History.Step> steps) throws IOException {
        List<String> lines = new ArrayList<>();
        List<Object> header = new ArrayList<>(List.of("epochs", "cosine"));
        tasks.forEach(task -> header.add(task + "_weight"));
        lines.add(CSVFormat.RFC4180.format(header.toArray()));
        for (History.Step step : steps) {
            List<Object> cells = new ArrayList<>(List.of(step.epochs(), step.cosine()));
            cells.addAll(step.weights());
            lines.add(CSVFormat.RFC4180.format(cells.toArray()));
        }
        Files.createDirectories(folder);
        Files.write(file(run), lines);
    }

    /** The steps of a run; none if they were not kept. */
    List<History.Step> read(Run run) throws IOException {
        if (!Files.exists(file(run))) {
            return List.of();
        }
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(Files.readString(file(run)), format)) {
            return parser.stream()
                    .map(line -> new History.Step(
                            Double.parseDouble(line.get(0)),
                            Double.parseDouble(line.get(1)),
                            IntStream.range(0, tasks.size())
                                    .mapToObj(k -> Double.valueOf(line.get(2 + k)))
                                    .toList()))
                    .toList();
        }
    }

    private Path file(Run run) {
        return folder.resolve(run.method().name() + "-seed" + run.seed() + ".csv");
    }
}
