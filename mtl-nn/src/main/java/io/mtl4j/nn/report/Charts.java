package io.mtl4j.nn.report;

import io.mtl4j.nn.report.Chart.Section;
import io.mtl4j.nn.report.Chart.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The curves of a training; what was never known has none. */
final class Charts {

    private final RunHistory run;
    private final List<Chart> charts = new ArrayList<>();

    private Charts(RunHistory run) {
        this.run = run;
    }

    static List<Chart> of(RunHistory run) {
        Charts charts = new Charts(run);
        charts.losses();
        charts.metrics();
        charts.byTask(Section.WEIGHTS, "Weights of the tasks", run.weights);
        charts.gradients();
        charts.sharing();
        charts.pace();
        return List.copyOf(charts.charts);
    }

    private void losses() {
        List<Series> series = new ArrayList<>(series(run.tasks(), run.epochLosses, ", training", false));
        MeanHistory validation = run.metrics.get("loss");
        if (validation != null) {
            series.addAll(series(run.tasks(), validation, ", validation", true));
        }
        add(Section.LOSSES, "Loss by epoch", run.epochLosses, series);
        byTask(Section.LOSSES, "Training loss by step", run.losses);
        run.generators.forEach((task, history) -> add(
                Section.LOSSES,
                "Loss of the generator of " + task,
                history,
                List.of(new Series("generator", run.tasks().indexOf(task), false, history.values(0)))));
    }

    /** The metric of each task that people look at first, and then the others. */
    private void metrics() {
        Set<String> first = new TreeSet<>();
        run.tasks().forEach(task -> run.mainMetric(task).ifPresent(first::add));
        run.metrics.forEach((name, history) -> {
            if (!name.equals("loss")) {
                Section section = first.isEmpty() || first.contains(name) ? Section.METRICS : Section.MORE_METRICS;
                byTask(section, "Validation " + name, history);
            }
        });
    }

    private void gradients() {
        boolean pairs = Cosines.ofPairs(run.tasks().size());
        List<Series> cosines = series(Cosines.names(run.tasks()), run.cosines, "", false);
        if (pairs) {
            cosines = cosines.stream()
                    .map(s -> new Series(s.label(), Chart.NO_TASK, false, s.values()))
                    .toList();
        }
        String title = pairs ? "Cosine of two tasks' gradients" : "Mean cosine with the other tasks' gradients";
        add(Section.GRADIENTS, title, run.cosines, cosines);
        byTask(Section.GRADIENTS, "Norms of the tasks' gradients", run.norms);
    }

    private void sharing() {
        run.choices.forEach((reader, history) -> {
            List<Series> series = series(run.sources(reader), history, "", false).stream()
                    .map(s -> new Series(s.label(), Chart.NO_TASK, false, s.values()))
                    .toList();
            add(Section.SHARING, "What " + reader + " takes", history, series);
        });
    }

    private void pace() {
        MeanHistory updates = run.updates;
        if (updates.isEmpty()) {
            return;
        }
        double[] examples = updates.values(2);
        double[] seconds = updates.values(3);
        double[] pace = new double[examples.length];
        Arrays.setAll(pace, i -> seconds[i] > 0 ? examples[i] / seconds[i] : Double.NaN);
        add(Section.PACE, "Examples a second, within steps", updates, one("examples/s", pace));
        add(Section.PACE, "Learning rate", updates, one("learning rate", updates.values(0)));
        add(Section.PACE, "Norm of the update's gradient", updates, one("norm", updates.values(1)));
    }

    private static List<Series> one(String label, double[] values) {
        return List.of(new Series(label, Chart.NO_TASK, false, values));
    }

    private void byTask(Section section, String title, MeanHistory history) {
        add(section, title, history, series(run.tasks(), history, "", false));
    }

    private static List<Series> series(List<String> names, MeanHistory history, String suffix, boolean dashed) {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < names.size() && !history.isEmpty(); i++) {
            if (history.knows(i)) {
                series.add(new Series(names.get(i) + suffix, i, dashed, history.values(i)));
            }
        }
        return series;
    }

    private void add(Section section, String title, MeanHistory history, List<Series> series) {
        if (!series.isEmpty()) {
            charts.add(new Chart(section, title, section == Section.LOSSES, history.times(), series));
        }
    }
}
