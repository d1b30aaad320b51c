package io.mtl4j.examples.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Trains all methods with all seeds, and leaves in a folder: {@code runs.csv} with a line for each run, {@code summary.csv}
 * and {@code summary.md} with one for each method, the steps of each run in {@code history}, and pictures. Runs that are in
 * {@code runs.csv} already are not done again.
 */
public final class Comparison {

    private final Problem problem;
    private final Settings settings;
    private final Set<Method> methods;
    private final Path folder;
    private final PrintWriter out;
    private final RunFile file;
    private final HistoryFiles histories;
    private final Report report;

    private record Planned(Method method, long seed) {}

    /**
     * Makes a comparison.
     *
     * @param problem what to learn
     * @param settings what methods have in common
     * @param methods the methods; the single-task models always come with them
     * @param folder where results go, and where results of an earlier run may be
     * @param out told of each run as it ends
     */
    public Comparison(Problem problem, Settings settings, List<Method> methods, Path folder, PrintWriter out) {
        this.problem = Objects.requireNonNull(problem, "problem");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.methods = new LinkedHashSet<>();
        this.methods.add(Method.SINGLE_TASK);
        this.methods.addAll(methods);
        this.folder = Objects.requireNonNull(folder, "folder");
        this.out = Objects.requireNonNull(out, "out");
        this.file = new RunFile(folder.resolve("runs.csv"), problem);
        this.report = Report.of(methods);
        this.histories = new HistoryFiles(folder.resolve("history"), problem.tasks());
    }

    /**
     * Does what is not done yet: the first seed of all methods, then the second, ...
     *
     * @throws IOException if a file cannot be read or written
     * @throws IllegalArgumentException if the folder has results of other settings
     */
    public void run() throws IOException {
        Files.createDirectories(folder);
        checkSettings();
        out.println(problem.name() + ": " + problem.description());
        List<Run> runs = new ArrayList<>(file.open());
        List<Planned> todo = plan(runs);
        Trial trial = new Trial(problem, settings);
        long begun = System.nanoTime();
        for (int i = 0; i < todo.size(); i++) {
            Planned next = todo.get(i);
            Trial.Outcome outcome = trial.run(next.method(), next.seed());
            // The line in the file of runs says that all is there, so it comes last.
            histories.write(outcome.run(), outcome.steps());
            file.append(outcome.run());
            runs.add(outcome.run());
            double left = (System.nanoTime() - begun) / 60e9 / (i + 1) * (todo.size() - i - 1);
            progress(i + 1, todo.size(), outcome.run(), left);
            if (i + 1 < todo.size() && todo.get(i + 1).seed() != next.seed()) {
                report(runs);
            }
        }
        out.print(report(runs));
        out.println("written: " + folder);
        out.flush();
    }

    private void checkSettings() throws IOException {
        Path used = folder.resolve("settings.txt");
        String present = problem.description() + "; " + settings.fingerprint();
        if (!Files.exists(used)) {
            Files.writeString(used, present);
        } else if (!Files.readString(used).equals(present)) {
            throw new IllegalArgumentException(folder + ": has results of \"" + Files.readString(used)
                    + "\", asked for now: \"" + present + "\"; use the same options, or another folder with --out");
        }
    }

    private List<Planned> plan(List<Run> done) {
        List<Planned> todo = new ArrayList<>();
        for (long seed = 1; seed <= settings.seeds(); seed++) {
            for (Method method : methods) {
                Planned planned = new Planned(method, seed);
                if (done.stream().noneMatch(run -> planned.equals(new Planned(run.method(), run.seed())))) {
                    todo.add(planned);
                }
            }
        }
        int skipped = methods.size() * settings.seeds() - todo.size();
        out.println(todo.size() + " runs to do" + (skipped > 0 ? ", " + skipped + " done already" : ""));
        out.flush();
        return todo;
    }

    private void progress(int number, int of, Run run, double minutesLeft) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "[%d/%d] %s, seed %d: ", number, of, run.method().name(), run.seed()));
        if (run.finished()) {
            for (int k = 0; k < run.values().size(); k++) {
                line.append(String.format(
                        Locale.ROOT,
                        "%s %.4f, ",
                        problem.tasks().get(k),
                        run.values().get(k)));
            }
            if (Double.isFinite(run.conflictShare())) {
                line.append(String.format(Locale.ROOT, "conflict %.0f %%, ", 100 * run.conflictShare()));
            }
            line.append(String.format(Locale.ROOT, "%.1f ms/step", run.milliseconds()));
        } else {
            line.append(run.status().id()).append(" (").append(run.message()).append(')');
        }
        out.println(line.append(
                String.format(Locale.ROOT, ", %.1f s; about %.0f min left", run.seconds(), Math.ceil(minutesLeft))));
        out.flush();
    }

    private String report(List<Run> runs) throws IOException {
        List<MethodSummary> summaries = MethodSummary.of(problem, runs);
        String table = report.table(problem, summaries);
        report.writeCsv(problem, summaries, folder.resolve("summary.csv"));
        report.writeMarkdown(problem, settings, table, folder.resolve("summary.md"));
        if (report == Report.METHODS) {
            List<MethodCurve> curves = MethodCurve.of(runs, histories);
            CurveGrid.writeWeights(problem.tasks(), curves, folder.resolve("weights.png"));
            CurveGrid.writeCosines(curves, folder.resolve("cosines.png"));
        }
        ScatterChart.write(problem, summaries, folder.resolve("scatter.png"));
        return table;
    }
}
