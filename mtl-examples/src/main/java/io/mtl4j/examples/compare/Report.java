package io.mtl4j.examples.compare;

import io.mtl4j.metric.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;

/** The summaries as a table in Markdown, which people can read as it is, and as CSV. */
enum Report {
    /** Of weightings and aggregators. */
    METHODS("""
            # All methods on %s

            %s. %s. Means ± standard deviations over up to %d seeds; in each seed all methods start from the same parameters \
            and see the same batches.
            """, """
            - conflict: share of the steps in which the gradients of two tasks have a negative cosine; cosine: its mean. Both \
            are of the steps in which gradients are looked at.
            - ms/step: median over the steps of a run, those in which gradients are computed for the record only left out; for \
            models of a single task the sum over the tasks.
            - Methods that ask for held-out data get examples that the others do not see; `forum` trains on them as well.
            - Fixed weights (`fixed`, `constant`) are not here, because they have no values of their own; `equal` and `sum` are \
            those with 1 each.
            - `scatter.png` has the tasks' metrics against each other, `weights.png` the weights and `cosines.png` the cosines \
            over time.
            """),
    /** Of ways of sharing. */
    SHARINGS("""
            # Ways of sharing on %s

            %s. %s. Means ± standard deviations over up to %d seeds; all train with the same batches, optimizer and equal \
            weights of the tasks, and nothing was tuned for any of them.
            """, """
            - ms/step: median over the steps of a run; for models of a single task the sum over the tasks.
            - parameters: of the whole model, with its heads; for models of a single task the sum over the tasks.
            """),
    /** Of schedules. */
    SCHEDULES("""
            # Schedules on %s

            %s. %s. Means ± standard deviations over up to %d seeds; all train with the same batches, optimizer and number \
            of steps, and equal weights of the tasks.
            """, """
            - note: in how many of the steps each task, each layer of the encoder and the heads trained, in the order of the \
            seeds where they differ. Models of a single task train in all steps.
            - ms/step: median over the steps of a run; for models of a single task the sum over the tasks.
            - Schedules that wait for a plateau look at the held-out part, which no schedule trains on.
            """);

    private final String introduction;
    private final String explanations;

    Report(String introduction, String explanations) {
        this.introduction = introduction;
        this.explanations = explanations;
    }

    /** The kind of report that suits what is compared. */
    static Report of(List<Method> methods) {
        for (Method method : methods) {
            if (method.kind() == Method.Kind.SHARING) {
                return SHARINGS;
            } else if (method.kind() == Method.Kind.SCHEDULE) {
                return SCHEDULES;
            }
        }
        return METHODS;
    }

    void writeCsv(Problem problem, List<MethodSummary> summaries, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        Stream<String> metrics = problem.tasks().stream().map(task -> task + "_" + problem.metric());
        List<String> header = new ArrayList<>(List.of("method", "kind", "seeds_finished"));
        Stream.concat(metrics, Stream.of("delta_m", "conflict_share", "mean_cosine", "ms_per_step"))
                .forEach(name -> header.addAll(List.of(name + "_mean", name + "_std")));
        header.addAll(List.of("parameters", "note"));
        lines.add(CSVFormat.RFC4180.format(header.toArray()));
        for (MethodSummary summary : summaries) {
            List<Object> cells = new ArrayList<>(
                    List.of(summary.method().name(), summary.method().kind().id(), summary.finished()));
            spreads(summary).forEach(spread -> cells.addAll(List.of(spread.mean(), spread.deviation())));
            cells.add(summary.parameters());
            cells.add(summary.note());
            lines.add(CSVFormat.RFC4180.format(cells.toArray()));
        }
        Files.write(file, lines);
    }

    private static List<Spread> spreads(MethodSummary summary) {
        return Stream.concat(
                        summary.values().stream(),
                        Stream.of(summary.deltaM(), summary.conflictShare(), summary.cosine(), summary.milliseconds()))
                .toList();
    }

    String table(Problem problem, List<MethodSummary> summaries) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = header(problem);
        rows.add(header);
        summaries.forEach(summary -> rows.add(row(summary)));
        int[] widths = IntStream.range(0, header.size())
                .map(c ->
                        rows.stream().mapToInt(row -> row.get(c).length()).max().orElseThrow())
                .toArray();
        // Notes are long and last: they are not padded.
        widths[widths.length - 1] = header.get(header.size() - 1).length();
        List<String> lines =
                rows.stream().map(row -> line(row, widths)).collect(Collectors.toCollection(ArrayList::new));
        lines.add(1, IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining(" | ", "| ", " |")));
        return String.join("\n", lines) + "\n";
    }

    private List<String> header(Problem problem) {
        List<String> header = new ArrayList<>(
                switch (this) {
                    case METHODS -> List.of("method", "works on");
                    case SHARINGS -> List.of("sharing");
                    case SCHEDULES -> List.of("schedule");
                });
        problem.tasks().forEach(task -> header.add(task + " " + problem.metric() + " %"));
        header.addAll(
                switch (this) {
                    case METHODS -> List.of("delta-m %", "conflict %", "cosine");
                    case SHARINGS -> List.of("delta-m %", "parameters");
                    case SCHEDULES -> List.of("mean %", "delta-m %");
                });
        header.addAll(List.of("ms/step", "note"));
        return header;
    }

    private List<String> row(MethodSummary summary) {
        List<String> cells = new ArrayList<>();
        cells.add(summary.method().name());
        if (this == METHODS) {
            cells.add(worksOn(summary.method()));
        }
        summary.values().forEach(value -> cells.add(value.text(100, 2)));
        String deltaM = summary.deltaM().text(100, 2);
        cells.addAll(
                switch (this) {
                    case METHODS ->
                        List.of(
                                deltaM,
                                summary.conflictShare().text(100, 0),
                                summary.cosine().text(1, 2));
                    case SHARINGS ->
                        List.of(
                                deltaM,
                                summary.parameters() == 0
                                        ? "-"
                                        : String.format(Locale.ROOT, "%,d", summary.parameters()));
                    case SCHEDULES -> List.of(summary.average().text(100, 2), deltaM);
                });
        cells.add(summary.milliseconds().text(1, 1));
        cells.add(summary.note().replace("|", "\\|"));
        return cells;
    }

    private static String worksOn(Method method) {
        return switch (method.kind()) {
            case SINGLE -> "one task at a time";
            case WEIGHTING -> "losses";
            case AGGREGATION -> method.onRepresentation() ? "representation" : "gradients";
            case SHARING -> "the model";
            case SCHEDULE -> "time";
        };
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(c -> cells.get(c)
                        + " ".repeat(Math.max(0, widths[c] - cells.get(c).length())))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    void writeMarkdown(Problem problem, Settings settings, String table, Path file) throws IOException {
        Files.writeString(
                file,
                introduction.formatted(problem.name(), problem.description(), settings.fingerprint(), settings.seeds())
                        + "\n" + table + "\n"
                        + "- delta-m: how much better than the models of a single task, on average over the tasks (means of"
                        + " all seeds of those are the baseline).\n"
                        + explanations);
    }
}
