package io.mtl4j.metric;

import java.util.List;

/**
 * Measures one task over a data set that is fed example by example, so that the data set never has to be in memory at
 * once. {@link Metrics#forTask} gives the usual one for a task; implement this interface for measures of your own.
 *
 * <p>What an example looks like, for each kind of task (T is 1 for tasks that answer once an example, and the number of
 * time steps, items or pixels for tasks that answer for each of these):
 *
 * <table>
 * <caption>Outputs and labels of one example</caption>
 * <tr><th>kind</th><th>outputs</th><th>labels</th></tr>
 * <tr><td>BINARY</td><td>{@code [T][1]}, probability of yes</td><td>{@code [T][1]}, in [0, 1]; yes when above 0.5</td></tr>
 * <tr><td>MULTI_CLASS, TAGGING</td><td>{@code [T][C]}, probabilities</td><td>{@code [T][1]}, the class's number; or
 * {@code [T][C]}, one-hot or soft</td></tr>
 * <tr><td>MULTI_LABEL</td><td>{@code [T][C]}, probabilities</td><td>{@code [T][C]}, in [0, 1]; yes when above 0.5</td></tr>
 * <tr><td>REGRESSION, PIXEL_REGRESSION</td><td>{@code [T][C]}, values</td><td>{@code [T][C]}, values</td></tr>
 * <tr><td>SEGMENTATION</td><td>{@code [T][C]}, probabilities of each pixel</td><td>{@code [T][1]}, the class's number; or
 * {@code [T][C]}, one-hot</td></tr>
 * <tr><td>RANKING</td><td>{@code [T][1]}, the score of each item of a list</td><td>{@code [T][1]}, relevance, at least
 * 0</td></tr>
 * <tr><td>SEQUENCE</td><td>{@code [S][1]}, the answer's tokens</td><td>{@code [T][1]}, the true tokens; S and T may
 * differ</td></tr>
 * </table>
 *
 * <p>A label that is missing is NaN, or its row is not given at all. Scores need not be probabilities where only their
 * order matters, but decisions are taken at a threshold for BINARY and MULTI_LABEL, so there logits will not do.
 *
 * <p>Contract: {@link #values} depends only on the examples added so far. It does not depend on their order but for
 * rounding, reading the values changes nothing, and a value that is not defined (no examples yet, the AUC of a single
 * class) is NaN. Not safe for use by several threads at once.
 */
public interface TaskMetrics {

    /**
     * Adds one example. The arrays are not kept and not changed.
     *
     * @param outputs the model's outputs, {@code [T][C]}
     * @param labels the labels, {@code [T][1]} or {@code [T][C]}; NaN where missing
     * @throws IllegalArgumentException if sizes do not fit the task, an output is NaN or infinite, or a label is not
     *     possible
     */
    void add(double[][] outputs, double[][] labels);

    /**
     * Adds one example of a task that answers once an example: the same as {@link #add(double[][], double[][])} with T
     * = 1.
     *
     * @param output the model's output, {@code [C]}
     * @param label the label, {@code [1]} or {@code [C]}; NaN where missing
     * @throws IllegalArgumentException as {@link #add(double[][], double[][])}
     */
    default void add(double[] output, double[] label) {
        add(new double[][] {output}, new double[][] {label});
    }

    /** {@return the values measured so far, always the same names in the same order; NaN where not defined} */
    List<MetricValue> values();

    /** {@return a text for people, of one or more lines, each ended by a line feed} */
    String report();

    /**
     * {@return one of the {@link #values}}
     *
     * @param metric the metric's name
     * @throws IllegalArgumentException if there is no such metric
     */
    default double value(String metric) {
        List<MetricValue> values = values();
        return values.stream()
                .filter(value -> value.name().equals(metric))
                .mapToDouble(MetricValue::value)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric \"" + metric + "\"; the metrics are "
                        + values.stream().map(MetricValue::name).toList()));
    }
}
