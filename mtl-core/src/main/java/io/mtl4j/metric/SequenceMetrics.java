package io.mtl4j.metric;

import static io.mtl4j.task.Direction.HIGHER_IS_BETTER;
import static io.mtl4j.task.Direction.LOWER_IS_BETTER;

import io.mtl4j.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures a task that writes a sequence of tokens. An example's answer and its label are token numbers, in rows of one, and
 * need not be of the same length:
 *
 * <ul>
 *   <li>{@code exact-match}: part of the examples whose answer is the label, token by token, and as long;
 *   <li>{@code token-accuracy}: over all examples, places at which both have the same token, divided by the places of the
 *       longer of the two;
 *   <li>{@code edit-distance}: over all examples, the least number of tokens to insert, leave out or replace (Levenshtein,
 *       1966) to make the label of the answer, divided by the number of tokens of the labels. That is the character error rate
 *       where tokens are characters; it may be above 1.
 * </ul>
 *
 * <p>Label rows with NaN are no tokens; an example without any token in its label does not count.
 */
public final class SequenceMetrics implements TaskMetrics {
    private final Task task;
    private long examples;
    private long exact;
    private long same;
    private long places;
    private long edits;
    private long tokens;

    /**
     * Creates it empty.
     *
     * @param task the task; its outputs are the tokens there are
     */
    public SequenceMetrics(Task task) {
        this.task = task;
    }

    /**
     * Adds one example.
     *
     * @param outputs the answer, {@code [S][1]} token numbers
     * @param labels the true tokens, {@code [T][1]} token numbers; NaN after the end of shorter sequences
     */
    @Override
    public void add(double[][] outputs, double[][] labels) {
        int[] answer = tokens(outputs, "outputs", "output");
        double[][] known = Arrays.stream(labels)
                .filter(row -> Arrays.stream(row).noneMatch(Double::isNaN))
                .toArray(double[][]::new);
        int[] truth = tokens(known, "labels", "label");
        if (truth.length == 0) {
            return;
        }
        examples++;
        exact += Arrays.equals(answer, truth) ? 1 : 0;
        for (int t = 0; t < Math.min(answer.length, truth.length); t++) {
            same += answer[t] == truth[t] ? 1 : 0;
        }
        places += Math.max(answer.length, truth.length);
        edits += distance(answer, truth);
        tokens += truth.length;
    }

    private int[] tokens(double[][] rows, String what, String one) {
        int[] numbers = new int[rows.length];
        for (int t = 0; t < rows.length; t++) {
            if (rows[t].length != 1) {
                throw bad(rows[t].length + " " + what + " in a row; it must be 1, the number of a token");
            }
            double value = rows[t][0];
            if (!(value >= 0 && value < task.outputs()) || value != Math.rint(value)) {
                throw bad(one + " " + value + " is no token; give a whole number from 0 to " + (task.outputs() - 1));
            }
            numbers[t] = (int) value;
        }
        return numbers;
    }

    private IllegalArgumentException bad(String what) {
        return new IllegalArgumentException("task \"" + task.name() + "\": " + what);
    }

    /** Row by row of the table of distances between the beginnings of both (Wagner and Fischer, 1974). */
    static int distance(int[] a, int[] b) {
        int[] row = new int[b.length + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length; j++) {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length];
    }

    @Override
    public List<MetricValue> values() {
        return List.of(
                new MetricValue("exact-match", ratio(exact, examples), HIGHER_IS_BETTER),
                new MetricValue("token-accuracy", ratio(same, places), HIGHER_IS_BETTER),
                new MetricValue("edit-distance", ratio(edits, tokens), LOWER_IS_BETTER));
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    @Override
    public String report() {
        return String.format(
                Locale.ROOT,
                "sequences %d, exact match %.4f, token accuracy %.4f, edit distance %.4f of a label's tokens\n",
                examples,
                ratio(exact, examples),
                ratio(same, places),
                ratio(edits, tokens));
    }
}
