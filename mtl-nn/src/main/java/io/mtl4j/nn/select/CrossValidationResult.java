package io.mtl4j.nn.select;

import io.mtl4j.metric.DeltaM;
import io.mtl4j.metric.Spread;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.internal.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What came out of a {@link CrossValidation}.
 *
 * @param folds the folds in order
 */
public record CrossValidationResult(List<Fold> folds) {

    /** Copies the list. */
    public CrossValidationResult {
        folds = List.copyOf(folds);
    }

    /**
     * One fold.
     *
     * @param number its number, from 0
     * @param trained the number of examples trained on
     * @param tested the number of examples tested on
     * @param test what the model reached in the test part
     * @param deltaM the same against single-task models, by the main metrics, if that was asked for
     */
    public record Fold(int number, int trained, int tested, Evaluation test, Optional<DeltaM> deltaM) {

        /** Checks that nothing is missing. */
        public Fold {
            Objects.requireNonNull(test, "test");
            Objects.requireNonNull(deltaM, "deltaM");
        }
    }

    /**
     * {@return mean and standard deviation of a metric over the folds that have it}
     *
     * @param task the name of the task
     * @param metric the name of the metric, or {@code loss}
     * @throws IllegalArgumentException if no fold had labels of the task, or it has no such metric
     */
    public Spread metric(String task, String metric) {
        List<Double> values = new ArrayList<>();
        for (Fold fold : folds) {
            if (fold.test().tasks().containsKey(task)) {
                values.add(fold.test().task(task).metric(metric));
            }
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no fold had labels of task \"" + task + "\"; there are "
                    + metrics().keySet());
        }
        return Spread.of(values);
    }

    /** {@return mean and standard deviation of delta-m over the folds, fractions; empty if there are no baselines} */
    public Optional<Spread> deltaM() {
        List<Double> values = folds.stream()
                .flatMap(fold -> fold.deltaM().stream())
                .map(DeltaM::value)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** {@return the names of the metrics of each task} */
    public Map<String, Set<String>> metrics() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        folds.forEach(fold -> fold.test()
                .asMap()
                .forEach((task, values) ->
                        names.computeIfAbsent(task, t -> new LinkedHashSet<>()).addAll(values.keySet())));
        return names;
    }

    /** {@return a table for people: a line for each metric; mean ± deviation, then each fold} */
    public String table() {
        List<String> header = new ArrayList<>(List.of("task", "metric", "mean"));
        folds.forEach(fold -> header.add("fold " + fold.number()));
        TextTable table = new TextTable(header);
        metrics().forEach((task, names) -> names.forEach(metric -> table.add(line(task, metric))));
        deltaM().ifPresent(spread -> {
            List<String> cells = new ArrayList<>(List.of("delta-m %", "", spread.text(100, 2)));
            folds.forEach(fold -> cells.add(fold.deltaM()
                    .map(m -> String.format(Locale.ROOT, "%.2f", 100 * m.value()))
                    .orElse("-")));
            table.add(cells);
        });
        return table.toString();
    }

    private List<String> line(String task, String metric) {
        List<String> cells =
                new ArrayList<>(List.of(task, metric, metric(task, metric).text(1, 4)));
        for (Fold fold : folds) {
            cells.add(
                    fold.test().tasks().containsKey(task)
                            ? String.format(
                                    Locale.ROOT, "%.4f", fold.test().task(task).metric(metric))
                            : "-");
        }
        return cells;
    }
}
