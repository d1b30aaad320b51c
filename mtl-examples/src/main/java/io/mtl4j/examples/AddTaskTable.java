package io.mtl4j.examples;

import io.mtl4j.metric.Spread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects what {@link AddTask} finds, seed by seed. */
final class AddTaskTable {

    private static final String BESIDE = "%-20s %-14s %-14s %-14s%n";

    private final List<Double> before = new ArrayList<>();
    private final Map<String, List<Double>> few = new LinkedHashMap<>();
    private final Map<String, Columns> beside = new LinkedHashMap<>();
    private int seed;

    /** Of one method, by seed. */
    private record Columns(List<Double> old, List<Double> lost, List<Double> added) {}

    /** A seed begins with a model that has this accuracy on the old task. */
    void began(int number, double accuracy) {
        seed = number;
        before.add(accuracy);
    }

    void few(String method, double accuracy, PrintWriter out) {
        few.computeIfAbsent(method, m -> new ArrayList<>()).add(accuracy);
        out.printf(Locale.ROOT, "seed %d, loop, %s: %.2f %%%n", seed, method, 100 * accuracy);
        out.flush();
    }

    void beside(String method, ClothesBesideDigits.Accuracies accuracies, PrintWriter out) {
        double start = before.get(before.size() - 1);
        Columns columns = beside.computeIfAbsent(
                method, m -> new Columns(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        columns.old.add(accuracies.old());
        columns.lost.add(start - accuracies.old());
        columns.added.add(accuracies.added());
        out.printf(
                Locale.ROOT,
                "seed %d, clothes, %s: digits %.2f -> %.2f %%, clothes %.2f %%%n",
                seed,
                method,
                100 * start,
                100 * accuracies.old(),
                100 * accuracies.added());
        out.flush();
    }

    void print(int labels, String judges, PrintWriter out) {
        out.printf("%nmean ± standard deviation over %d seeds, %s accuracy in %%%n", before.size(), judges);
        if (!few.isEmpty()) {
            out.printf("%n%-20s loop, from %d labels%n", "", labels);
            few.forEach((method, values) -> out.printf("%-20s %s%n", method, text(values)));
        }
        if (!beside.isEmpty()) {
            out.printf("%n" + BESIDE, "", "digits", "lost (points)", "clothes");
            out.printf("%-20s %s%n", "before", text(before));
            beside.forEach((method, columns) ->
                    out.printf(BESIDE, method, text(columns.old), text(columns.lost), text(columns.added)));
        }
        out.flush();
    }

    private static String text(List<Double> values) {
        return Spread.of(values).text(100, 2);
    }
}
