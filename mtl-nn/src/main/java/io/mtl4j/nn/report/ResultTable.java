package io.mtl4j.nn.report;

import io.mtl4j.event.TrainingEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/** What came out, by task and metric: the best epoch, the last one, and what the application measured. */
final class ResultTable {

    private final RunHistory run;
    private final Map<String, Map<String, SortedMap<String, Double>>> columns = new LinkedHashMap<>();

    private ResultTable(RunHistory run) {
        this.run = run;
    }

    /**
     * Makes the table.
     *
     * @param measured further columns: by name, task and metric
     */
    static PageData.Results of(RunHistory run, Map<String, Map<String, SortedMap<String, Double>>> measured) {
        ResultTable table = new ResultTable(run);
        run.best().ifPresent(best -> {
            table.epoch(best, best.validation().isEmpty() ? "last epoch" : "best epoch");
            run.last().filter(last -> last.epoch() != best.epoch()).ifPresent(last -> table.epoch(last, "last epoch"));
        });
        table.columns.putAll(measured);
        return new PageData.Results(List.copyOf(table.columns.keySet()), table.rows());
    }

    private void epoch(TrainingEvent.EpochDone epoch, String name) {
        String which = name + ", " + (epoch.epoch() + 1);
        Map<String, SortedMap<String, Double>> training = new LinkedHashMap<>();
        epoch.trainLosses().forEach((task, loss) -> training.put(task, new java.util.TreeMap<>(Map.of("loss", loss))));
        columns.put("training, " + which, training);
        if (!epoch.validation().isEmpty()) {
            columns.put("validation, " + which, epoch.validation());
        }
    }

    private List<PageData.Row> rows() {
        List<PageData.Row> rows = new ArrayList<>();
        for (String task : run.tasks()) {
            TreeSet<String> metrics = new TreeSet<>();
            columns.values()
                    .forEach(column -> metrics.addAll(column.getOrDefault(task, Collections.emptySortedMap())
                            .keySet()));
            if (metrics.remove("loss")) {
                rows.add(row(task, "loss", true));
            }
            String main = run.mainMetric(task).orElse(metrics.isEmpty() ? "" : metrics.first());
            if (metrics.remove(main)) {
                rows.add(row(task, main, true));
            }
            metrics.forEach(metric -> rows.add(row(task, metric, false)));
        }
        return rows;
    }

    private PageData.Row row(String task, String metric, boolean main) {
        double[] values = columns.values().stream()
                .mapToDouble(column ->
                        column.getOrDefault(task, Collections.emptySortedMap()).getOrDefault(metric, Double.NaN))
                .toArray();
        return new PageData.Row(task, metric, main, values);
    }
}
