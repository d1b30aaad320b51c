package io.mtl4j.metric;

import static io.mtl4j.task.Direction.HIGHER_IS_BETTER;

import io.mtl4j.task.Task;
import java.util.List;
import java.util.Locale;

/**
 * Measures a yes/no task: {@code auc}, {@code average-precision}, and at a threshold {@code accuracy}, {@code
 * balanced-accuracy}, {@code precision}, {@code recall}, {@code f1} (of yes) and {@code mcc} (Matthews correlation).
 * Keeps every score, 8 bytes an example.
 */
public final class BinaryMetrics implements TaskMetrics {
    private final Rows rows;
    private final double threshold;
    private final RankedScores ranking = new RankedScores();
    private final long[][] matrix = new long[2][2];

    /**
     * Creates it empty.
     *
     * @param task the task; it must have one output
     * @param threshold yes is said when the output is above it; from 0 to 1, without 1
     * @throws IllegalArgumentException if the task has several outputs, or the threshold is out of range
     */
    public BinaryMetrics(Task task, double threshold) {
        this.rows = new Rows(task);
        this.threshold = threshold;
        Rows.checkThreshold(threshold);
        if (task.outputs() != 1) {
            throw rows.bad(task.outputs() + " outputs; a binary task has 1");
        }
    }

    @Override
    public void add(double[][] outputs, double[][] labels) {
        rows.forEach(outputs, labels, (output, label) -> {
            rows.checkLabelSize(label);
            if (!Double.isNaN(label[0])) {
                boolean yes = rows.yes(label[0]);
                ranking.add(output[0], yes);
                matrix[yes ? 1 : 0][output[0] > threshold ? 1 : 0]++;
            }
        });
    }

    /** {@return the confusion matrix so far; class 0 is no, class 1 is yes} */
    public Confusion confusion() {
        List<String> names = rows.task().classNames();
        return new Confusion(names.size() == 2 ? names : List.of("no", "yes"), matrix);
    }

    @Override
    public List<MetricValue> values() {
        ClassCounts classes = confusion().classes();
        Counts yes = classes.counts().get(1);
        return List.of(
                new MetricValue("auc", ranking.auc(), HIGHER_IS_BETTER),
                new MetricValue("average-precision", ranking.averagePrecision(), HIGHER_IS_BETTER),
                new MetricValue("accuracy", classes.micro().recall(), HIGHER_IS_BETTER),
                new MetricValue("balanced-accuracy", classes.balancedAccuracy(), HIGHER_IS_BETTER),
                new MetricValue("precision", yes.precision(), HIGHER_IS_BETTER),
                new MetricValue("recall", yes.recall(), HIGHER_IS_BETTER),
                new MetricValue("f1", yes.f1(), HIGHER_IS_BETTER),
                new MetricValue("mcc", classes.matthews(), HIGHER_IS_BETTER));
    }

    @Override
    public String report() {
        return new ClassificationReport(confusion().classes(), true)
                + String.format(
                        Locale.ROOT,
                        "\nAUC %.4f, average precision %.4f, at threshold %s\n",
                        ranking.auc(),
                        ranking.averagePrecision(),
                        threshold);
    }
}
