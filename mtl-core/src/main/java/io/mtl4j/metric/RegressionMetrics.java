package io.mtl4j.metric;

import static io.mtl4j.task.Direction.HIGHER_IS_BETTER;
import static io.mtl4j.task.Direction.LOWER_IS_BETTER;

import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures a task with one or more real outputs: {@code rmse}, {@code mse}, {@code mae}, {@code r2}, {@code pearson},
 * and when asked for {@code spearman}.
 *
 * <p>With several outputs, each value is the plain mean over the outputs for which it is defined; {@code rmse} is the
 * mean of the roots, not the root of the mean. {@link #output} gives each output by itself. Labels that are NaN are
 * left out one by one.
 */
public final class RegressionMetrics implements TaskMetrics {
    private final Rows rows;
    private final boolean ranked;
    private final List<RegressionErrors> errors;

    /**
     * Creates it empty.
     *
     * @param task the task
     * @param ranked whether to measure {@code spearman}, which keeps every value, 16 bytes an output and example
     */
    public RegressionMetrics(Task task, boolean ranked) {
        this.rows = new Rows(task);
        this.ranked = ranked;
        this.errors = Stream.generate(() -> new RegressionErrors(ranked))
                .limit(task.outputs())
                .toList();
    }

    @Override
    public void add(double[][] outputs, double[][] labels) {
        rows.forEach(outputs, labels, (output, label) -> {
            rows.checkLabelSize(label);
            for (int c = 0; c < label.length; c++) {
                if (Double.isInfinite(label[c])) {
                    throw rows.bad("label " + c + " is " + label[c] + "; labels must be finite, or NaN where missing");
                }
                if (!Double.isNaN(label[c])) {
                    errors.get(c).add(output[c], label[c]);
                }
            }
        });
    }

    /**
     * {@return the errors of one output}
     *
     * @param index the output's number, from 0
     */
    public RegressionErrors output(int index) {
        return errors.get(index);
    }

    @Override
    public List<MetricValue> values() {
        List<MetricValue> values = new ArrayList<>(List.of(
                new MetricValue("rmse", mean(RegressionErrors::rmse), LOWER_IS_BETTER),
                new MetricValue("mse", mean(RegressionErrors::mse), LOWER_IS_BETTER),
                new MetricValue("mae", mean(RegressionErrors::mae), LOWER_IS_BETTER),
                new MetricValue("r2", mean(RegressionErrors::r2), HIGHER_IS_BETTER),
                new MetricValue("pearson", mean(RegressionErrors::pearson), HIGHER_IS_BETTER)));
        if (ranked) {
            values.add(new MetricValue("spearman", mean(RegressionErrors::spearman), HIGHER_IS_BETTER));
        }
        return List.copyOf(values);
    }

    private double mean(ToDoubleFunction<RegressionErrors> measure) {
        return Defined.mean(errors.stream().mapToDouble(measure));
    }

    @Override
    public String report() {
        List<String> names = rows.names();
        int width = Math.max(
                "mean".length(), names.stream().mapToInt(String::length).max().orElse(0));
        StringBuilder text = new StringBuilder(" ".repeat(width));
        values().forEach(value -> text.append(String.format(Locale.ROOT, " %12s", value.name())));
        text.append(String.format(Locale.ROOT, " %9s\n", "count"));
        for (int c = 0; c < errors.size(); c++) {
            RegressionErrors e = errors.get(c);
            Stream<Double> line = Stream.of(e.rmse(), e.mse(), e.mae(), e.r2(), e.pearson());
            text.append(line(width, names.get(c), ranked ? Stream.concat(line, Stream.of(e.spearman())) : line));
            text.append(String.format(Locale.ROOT, " %9d\n", e.count()));
        }
        if (errors.size() > 1) {
            text.append(line(width, "mean", values().stream().map(MetricValue::value)))
                    .append('\n');
        }
        return text.toString();
    }

    private static String line(int width, String name, Stream<Double> values) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%" + width + "s", name));
        values.forEach(v -> line.append(String.format(Locale.ROOT, " %12s", Double.isNaN(v) ? "-" : format(v))));
        return line.toString();
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }
}
