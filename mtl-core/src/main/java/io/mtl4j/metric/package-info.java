/**
 * How good the answers are: metrics with a direction, computed from plain arrays, and delta-m against single-task
 * baselines.
 *
 * <p>A {@link io.mtl4j.metric.TaskMetrics} is fed one example at a time and holds what its measures need, so that a data
 * set of any size is measured batch by batch:
 *
 * <pre>{@code
 * Task digit = new Task("digit", TaskKind.MULTI_CLASS, "cross-entropy", 3);
 * TaskMetrics metrics = Metrics.forTask(digit);
 * metrics.add(new double[] {0.7, 0.2, 0.1}, new double[] {0}); // probabilities, and the number of the class
 * metrics.add(new double[] {0.3, 0.6, 0.1}, new double[] {2});
 * double accuracy = metrics.value("accuracy"); // 0.5
 * String table = metrics.report();
 * }</pre>
 *
 * <p>What is measured for which kind of task:
 *
 * <table>
 * <caption>Metrics by kind of task; the first is the main metric</caption>
 * <tr><th>kind</th><th>class</th><th>values</th></tr>
 * <tr><td>BINARY</td><td>{@link io.mtl4j.metric.BinaryMetrics}</td><td>auc, average-precision, accuracy,
 * balanced-accuracy, precision, recall, f1, mcc</td></tr>
 * <tr><td>MULTI_CLASS</td><td>{@link io.mtl4j.metric.MultiClassMetrics}</td><td>accuracy, top-5-accuracy,
 * balanced-accuracy, precision-macro, recall-macro, f1-macro, f1-weighted, f1-micro, mcc, auc-macro</td></tr>
 * <tr><td>MULTI_LABEL</td><td>{@link io.mtl4j.metric.MultiLabelMetrics}</td><td>f1-micro, f1-macro, precision-micro,
 * recall-micro, subset-accuracy, hamming-loss, auc-macro, average-precision-macro</td></tr>
 * <tr><td>REGRESSION</td><td>{@link io.mtl4j.metric.RegressionMetrics}</td><td>rmse, mse, mae, r2, pearson,
 * spearman</td></tr>
 * <tr><td>TAGGING</td><td>{@link io.mtl4j.metric.TaggingMetrics}</td><td>f1-entity, precision-entity, recall-entity,
 * accuracy; where tags mark no entities accuracy, f1-macro</td></tr>
 * <tr><td>RANKING</td><td>{@link io.mtl4j.metric.RankingMetrics}</td><td>ndcg@10, mrr, pairwise-accuracy</td></tr>
 * <tr><td>SEGMENTATION</td><td>{@link io.mtl4j.metric.PixelMetrics}</td><td>mean-iou, pixel-accuracy</td></tr>
 * <tr><td>PIXEL_REGRESSION</td><td>{@link io.mtl4j.metric.RegressionMetrics}</td><td>rmse, mse, mae, r2, pearson</td></tr>
 * <tr><td>SEQUENCE</td><td>{@link io.mtl4j.metric.SequenceMetrics}</td><td>exact-match, token-accuracy,
 * edit-distance</td></tr>
 * </table>
 *
 * <p>Conventions. A value that is not defined is NaN, never 0 or 1. A precision or recall that is 0/0 is 0 when there
 * was something to find or something was found, and NaN, left out of averages, when there was neither ({@link
 * io.mtl4j.metric.Counts}). Means over classes, labels or outputs go over those for which the value is defined. The
 * answer of a class task is the first of the highest outputs; yes is said when the output is above the threshold.
 *
 * <p>{@link io.mtl4j.metric.DeltaM} compares a multi-task model with single-task models:
 *
 * <pre>{@code
 * MetricValue alone = new MetricValue("accuracy", 0.80, Direction.HIGHER_IS_BETTER);
 * MetricValue joint = new MetricValue("accuracy", 0.82, Direction.HIGHER_IS_BETTER);
 * DeltaM delta = DeltaM.between(Map.of("digit", List.of(alone)), Map.of("digit", List.of(joint)));
 * String text = delta.toString(); // delta-m +2.50 % (digit +2.50 %)
 * }</pre>
 */
package io.mtl4j.metric;
