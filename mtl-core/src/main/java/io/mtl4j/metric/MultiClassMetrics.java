package io.mtl4j.metric;

import static io.mtl4j.task.Direction.HIGHER_IS_BETTER;

import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures a task with one of C classes: {@code accuracy}, {@code top-k-accuracy} (k a number, when above 1), {@code
 * balanced-accuracy}, {@code precision-macro}, {@code recall-macro}, {@code f1-macro}, {@code f1-weighted}, {@code
 * f1-micro}, {@code mcc} (Matthews correlation), and when asked for {@code auc-macro}.
 *
 * <p>The answer is the class with the highest output, the first of them when several are equal. {@code auc-macro} is
 * the mean over classes of the AUC of one class against the rest, over the classes for which it is defined; it keeps
 * every output, 8 C bytes an example.
 */
public final class MultiClassMetrics implements TaskMetrics {
    private static final int MAX_MATRIX_CLASSES = 1000;

    private final Rows rows;
    private final int topK;
    private final List<RankedScores> rankings;
    private final long[][] matrix;
    private final long[] right;
    private final long[] support;
    private final long[] predicted;
    private long topKRight;

    /**
     * Creates it empty.
     *
     * @param task the task
     * @param topK an answer counts for {@code top-k-accuracy} when the true class is among the {@code topK} highest
     *     outputs; from 1, which leaves it out, to the number of classes
     * @param auc whether to measure {@code auc-macro}
     * @throws IllegalArgumentException if {@code topK} is out of range
     */
    public MultiClassMetrics(Task task, int topK, boolean auc) {
        this.rows = new Rows(task);
        this.topK = topK;
        int classes = task.outputs();
        if (topK < 1 || topK > classes) {
            throw rows.bad("topK = " + topK + "; it must be from 1 to " + classes);
        }
        this.rankings = auc ? Stream.generate(RankedScores::new).limit(classes).toList() : List.of();
        this.matrix = classes <= MAX_MATRIX_CLASSES ? new long[classes][classes] : new long[0][];
        this.right = new long[classes];
        this.support = new long[classes];
        this.predicted = new long[classes];
    }

    @Override
    public void add(double[][] outputs, double[][] labels) {
        rows.forEach(outputs, labels, (output, label) -> {
            int truth = rows.classOf(label);
            if (truth >= 0) {
                count(output, truth, Rows.argMax(output));
            }
        });
    }

    private void count(double[] output, int truth, int answer) {
        support[truth]++;
        predicted[answer]++;
        if (truth == answer) {
            right[truth]++;
        }
        if (matrix.length > 0) {
            matrix[truth][answer]++;
        }
        if (place(output, truth) < topK) {
            topKRight++;
        }
        for (int c = 0; c < rankings.size(); c++) {
            rankings.get(c).add(output[c], c == truth);
        }
    }

    /** How many classes come before the true one; of equal outputs the first comes first, as in argMax. */
    private static int place(double[] output, int truth) {
        int before = 0;
        for (int c = 0; c < output.length; c++) {
            if (output[c] > output[truth] || (output[c] == output[truth] && c < truth)) {
                before++;
            }
        }
        return before;
    }

    /** {@return the counts of each class so far} */
    public ClassCounts classes() {
        return new ClassCounts(
                rows.names(),
                IntStream.range(0, right.length)
                        .mapToObj(c -> new Counts(right[c], predicted[c] - right[c], support[c] - right[c]))
                        .toList());
    }

    /** {@return the confusion matrix so far; empty for a task of more than 1000 classes, for which it is not kept} */
    public Optional<Confusion> confusion() {
        return matrix.length == 0 ? Optional.empty() : Optional.of(new Confusion(rows.names(), matrix));
    }

    @Override
    public List<MetricValue> values() {
        ClassCounts classes = classes();
        List<MetricValue> values = new ArrayList<>();
        values.add(new MetricValue("accuracy", classes.micro().recall(), HIGHER_IS_BETTER));
        if (topK > 1) {
            double share = (double) topKRight / classes.support();
            values.add(new MetricValue("top-" + topK + "-accuracy", share, HIGHER_IS_BETTER));
        }
        values.add(new MetricValue("balanced-accuracy", classes.balancedAccuracy(), HIGHER_IS_BETTER));
        values.add(new MetricValue("precision-macro", classes.macro(Counts::precision), HIGHER_IS_BETTER));
        values.add(new MetricValue("recall-macro", classes.macro(Counts::recall), HIGHER_IS_BETTER));
        values.add(new MetricValue("f1-macro", classes.macro(Counts::f1), HIGHER_IS_BETTER));
        values.add(new MetricValue("f1-weighted", classes.weighted(Counts::f1), HIGHER_IS_BETTER));
        values.add(new MetricValue("f1-micro", classes.micro().f1(), HIGHER_IS_BETTER));
        values.add(new MetricValue("mcc", classes.matthews(), HIGHER_IS_BETTER));
        if (!rankings.isEmpty()) {
            double auc = Defined.mean(rankings.stream().mapToDouble(RankedScores::auc));
            values.add(new MetricValue("auc-macro", auc, HIGHER_IS_BETTER));
        }
        return List.copyOf(values);
    }

    @Override
    public String report() {
        return new ClassificationReport(classes(), true).toString();
    }
}
