package io.mtl4j.nn.model;

import io.mtl4j.nn.layer.Binder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws a model as a table. */
final class ModelSummary {

    private ModelSummary() {}

    static String of(MultiTaskModel model) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"part", "layer", "output", "parameters"});
        for (InputSpec input : model.architecture().inputs()) {
            rows.add(new String[] {"input:" + input.name(), "", input.shape().toString(), ""});
        }
        layers(model.network(), rows);
        return table(rows) + totals(model);
    }

    private static void layers(Network network, List<String[]> rows) {
        Map<String, Long> counts = new LinkedHashMap<>(network.parameterCounts());
        for (Binder.Description d : network.descriptions()) {
            boolean leaf = network.descriptions().stream()
                    .noneMatch(other -> other.scope().startsWith(d.scope() + "."));
            if (leaf) {
                rows.add(new String[] {d.scope(), d.layer(), d.output().toString(), number(within(counts, d.scope()))});
            }
        }
    }

    private static long within(Map<String, Long> counts, String scope) {
        return counts.entrySet().stream()
                .filter(e -> e.getKey().equals(scope) || e.getKey().startsWith(scope + "."))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static String table(List<String[]> rows) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            String[] row = rows.get(r);
            for (int i = 0; i < row.length; i++) {
                boolean right = i == row.length - 1;
                text.append(String.format(Locale.ROOT, "%" + (right ? "" : "-") + widths[i] + "s", row[i]));
                text.append(right ? "\n" : "  ");
            }
            if (r == 0) {
                for (int i = 0; i < widths.length; i++) {
                    text.append("-".repeat(widths[i])).append(i == widths.length - 1 ? "\n" : "  ");
                }
            }
        }
        return text.toString();
    }

    private static String totals(MultiTaskModel model) {
        return number(model.parameterCount()) + " parameters, " + number(model.sharedParameterCount())
                + " of them shared by " + model.tasks().size() + (model.tasks().size() == 1 ? " task" : " tasks")
                + "\n";
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
