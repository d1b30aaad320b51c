package io.mtl4j.metric;

import static io.mtl4j.task.Direction.HIGHER_IS_BETTER;
import static io.mtl4j.task.Direction.LOWER_IS_BETTER;

import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures a task with any of C labels, at a threshold: {@code f1-micro}, {@code f1-macro}, {@code precision-micro},
 * {@code recall-micro}, {@code subset-accuracy} (the share of examples with all labels right), {@code hamming-loss}
 * (the share of labels that are wrong), and when asked for {@code auc-macro} and {@code average-precision-macro}, the
 * means over the labels for which they are defined (they keep every output, 8 C bytes an example).
 *
 * <p>Labels that are NaN are left out one by one: an example with some of its labels counts for those, and is right as
 * a whole when those are right.
 */
public final class MultiLabelMetrics implements TaskMetrics {
    private final Rows rows;
    private final double threshold;
    private final boolean ranked;
    private final List<RankedScores> rankings;
    private final long[] truePositives;
    private final long[] falsePositives;
    private final long[] falseNegatives;
    private long labels;
    private long examples;
    private long wholeRight;

    /**
     * Creates it empty.
     *
     * @param task the task
     * @param threshold yes is said when the output is above it; from 0 to 1, without 1
     * @param ranked whether to measure {@code auc-macro} and {@code average-precision-macro}
     * @throws IllegalArgumentException if the threshold is out of range
     */
    public MultiLabelMetrics(Task task, double threshold, boolean ranked) {
        this.rows = new Rows(task);
        this.threshold = threshold;
        this.ranked = ranked;
        Rows.checkThreshold(threshold);
        int size = task.outputs();
        this.rankings =
                Stream.generate(RankedScores::new).limit(ranked ? size : 0).toList();
        this.truePositives = new long[size];
        this.falsePositives = new long[size];
        this.falseNegatives = new long[size];
    }

    @Override
    public void add(double[][] outputs, double[][] labels) {
        rows.forEach(outputs, labels, this::count);
    }

    private void count(double[] output, double[] label) {
        rows.checkLabelSize(label);
        int known = 0;
        int right = 0;
        for (int c = 0; c < label.length; c++) {
            if (!Double.isNaN(label[c])) {
                known++;
                right += count(c, output[c], rows.yes(label[c])) ? 1 : 0;
            }
        }
        this.labels += known;
        examples += known > 0 ? 1 : 0;
        wholeRight += known > 0 && right == known ? 1 : 0;
    }

    private boolean count(int c, double output, boolean truth) {
        boolean answer = output > threshold;
        if (answer && truth) {
            truePositives[c]++;
        } else if (answer) {
            falsePositives[c]++;
        } else if (truth) {
            falseNegatives[c]++;
        }
        if (ranked) {
            rankings.get(c).add(output, truth);
        }
        return answer == truth;
    }

    /** {@return the counts of each label so far} */
    public ClassCounts classes() {
        return new ClassCounts(
                rows.names(),
                IntStream.range(0, truePositives.length)
                        .mapToObj(c -> new Counts(truePositives[c], falsePositives[c], falseNegatives[c]))
                        .toList());
    }

    @Override
    public List<MetricValue> values() {
        ClassCounts classes = classes();
        Counts micro = classes.micro();
        double wrong = (double) (micro.falsePositives() + micro.falseNegatives()) / labels;
        List<MetricValue> values = new ArrayList<>(List.of(
                new MetricValue("f1-micro", micro.f1(), HIGHER_IS_BETTER),
                new MetricValue("f1-macro", classes.macro(Counts::f1), HIGHER_IS_BETTER),
                new MetricValue("precision-micro", micro.precision(), HIGHER_IS_BETTER),
                new MetricValue("recall-micro", micro.recall(), HIGHER_IS_BETTER),
                new MetricValue("subset-accuracy", (double) wholeRight / examples, HIGHER_IS_BETTER),
                new MetricValue("hamming-loss", wrong, LOWER_IS_BETTER)));
        if (ranked) {
            values.add(new MetricValue("auc-macro", mean(RankedScores::auc), HIGHER_IS_BETTER));
            values.add(
                    new MetricValue("average-precision-macro", mean(RankedScores::averagePrecision), HIGHER_IS_BETTER));
        }
        return List.copyOf(values);
    }

    private double mean(ToDoubleFunction<RankedScores> measure) {
        return Defined.mean(rankings.stream().mapToDouble(measure));
    }

    /**
     * {@return the AUC of each label, NaN where not defined; empty when not measured}
     */
    public List<Double> aucs() {
        return rankings.stream().map(RankedScores::auc).toList();
    }

    @Override
    public String report() {
        StringBuilder text = new StringBuilder(new ClassificationReport(classes(), false).toString());
        if (ranked) {
            text.append('\n');
            List<Double> aucs = aucs();
            List<String> names = rows.names();
            for (int c = 0; c < aucs.size(); c++) {
                text.append(String.format(Locale.ROOT, "AUC of %s: %.4f\n", names.get(c), aucs.get(c)));
            }
        }
        return text.toString();
    }
}
