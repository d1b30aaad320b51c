package io.mtl4j.nn.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.metric.Metrics;
import io.mtl4j.metric.MultiLabelMetrics;
import io.mtl4j.metric.RegressionMetrics;
import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.EvaluationAveraging;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.classification.EvaluationBinary;
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.evaluation.classification.ROCMultiClass;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Our metrics against those of DL4J on random data, where DL4J means the same. It means something else by
 *
 * <ul>
 *   <li>the area under the ROC curve when scores tie across the classes: it follows the order in which the examples came
 *       (one positive and one negative of equal score give 1 or 0), where half a pair is right, so the data here have no
 *       ties;
 *   <li>the area under the precision-recall curve, which it interpolates linearly, while average precision does not;
 *   <li>Matthews correlation of several classes: the mean over one-against-rest values, not the K-category one;
 *   <li>precision, recall and F1 of two classes, which it takes for class 1 alone;
 *   <li>{@code correlationR2}, which is Pearson's correlation; its R squared is {@code rSquared}.
 * </ul>
 *
 * It has no Spearman correlation, no subset accuracy and no entities.
 */
class MetricsAgainstDl4jTest {
    private static final int EXAMPLES = 500;
    private static final int BATCH = 64;
    private static final double TOLERANCE = 1e-9;

    private final Random random = new Random(17);

    private interface BatchEvaluation {
        void eval(INDArray labels, INDArray outputs);
    }

    private static void feed(TaskMetrics ours, BatchEvaluation theirs, double[][] outputs, double[][] labels) {
        for (int from = 0; from < outputs.length; from += BATCH) {
            int to = Math.min(outputs.length, from + BATCH);
            theirs.eval(
                    Nd4j.createFromArray(Arrays.copyOfRange(labels, from, to)),
                    Nd4j.createFromArray(Arrays.copyOfRange(outputs, from, to)));
        }
        for (int i = 0; i < outputs.length; i++) {
            ours.add(outputs[i], labels[i]);
        }
    }

    /** Labels one-hot, and probabilities that lean to the true class. */
    private double[][][] classes(int classes) {
        double[][] labels = new double[EXAMPLES][classes];
        double[][] outputs = new double[EXAMPLES][];
        for (int i = 0; i < EXAMPLES; i++) {
            int truth = random.nextInt(classes);
            labels[i][truth] = 1;
            double[] scores = random.doubles(classes).toArray();
            scores[truth] += 0.3;
            double sum = Arrays.stream(scores).sum();
            outputs[i] = Arrays.stream(scores).map(s -> s / sum).toArray();
        }
        return new double[][][] {outputs, labels};
    }

    @Test
    void multiClassAgreesWithEvaluationAndRoc() {
        Evaluation evaluation =
                new Evaluation(IntStream.range(0, 8).mapToObj(Integer::toString).toList(), 5);
        ROCMultiClass roc = new ROCMultiClass(0);
        TaskMetrics ours = Metrics.forTask(new Task("digit", TaskKind.MULTI_CLASS, "cross-entropy", 8));
        double[][][] data = classes(8);
        feed(
                ours,
                (labels, outputs) -> {
                    evaluation.eval(labels, outputs);
                    roc.eval(labels, outputs);
                },
                data[0],
                data[1]);
        assertEquals(evaluation.accuracy(), ours.value("accuracy"), TOLERANCE);
        assertEquals(evaluation.topNAccuracy(), ours.value("top-5-accuracy"), TOLERANCE);
        assertEquals(evaluation.precision(EvaluationAveraging.Macro), ours.value("precision-macro"), TOLERANCE);
        assertEquals(evaluation.recall(EvaluationAveraging.Macro), ours.value("recall-macro"), TOLERANCE);
        assertEquals(evaluation.f1(EvaluationAveraging.Macro), ours.value("f1-macro"), TOLERANCE);
        assertEquals(evaluation.f1(EvaluationAveraging.Micro), ours.value("f1-micro"), TOLERANCE);
        assertEquals(roc.calculateAverageAUC(), ours.value("auc-macro"), TOLERANCE);
        assertTrue(ours.value("accuracy") > 0.2 && ours.value("accuracy") < 0.8, "data too easy or too hard");
    }

    @Test
    void binaryAgreesWithRocAndEvaluationBinary() {
        ROC roc = new ROC(0);
        EvaluationBinary evaluation = new EvaluationBinary();
        TaskMetrics ours = Metrics.forTask(new Task("spam", TaskKind.BINARY, "binary-cross-entropy", 1));
        double[][][] data = labelled(1);
        feed(
                ours,
                (labels, outputs) -> {
                    roc.eval(labels, outputs);
                    evaluation.eval(labels, outputs);
                },
                data[0],
                data[1]);
        assertEquals(roc.calculateAUC(), ours.value("auc"), TOLERANCE);
        assertEquals(evaluation.accuracy(0), ours.value("accuracy"), TOLERANCE);
        assertEquals(evaluation.precision(0), ours.value("precision"), TOLERANCE);
        assertEquals(evaluation.recall(0), ours.value("recall"), TOLERANCE);
        assertEquals(evaluation.f1(0), ours.value("f1"), TOLERANCE);
        assertEquals(evaluation.matthewsCorrelation(0), ours.value("mcc"), TOLERANCE);
    }

    /** Labels 0 and 1, each by itself, and probabilities that lean to them. */
    private double[][][] labelled(int size) {
        double[][] labels = new double[EXAMPLES][size];
        double[][] outputs = new double[EXAMPLES][size];
        for (int i = 0; i < EXAMPLES; i++) {
            for (int c = 0; c < size; c++) {
                labels[i][c] = random.nextInt(c + 2) == 0 ? 1 : 0;
                outputs[i][c] = 0.3 * labels[i][c] + 0.7 * random.nextDouble();
            }
        }
        return new double[][][] {outputs, labels};
    }

    @Test
    void multiLabelAgreesWithEvaluationBinary() {
        EvaluationBinary evaluation = new EvaluationBinary();
        MultiLabelMetrics ours =
                (MultiLabelMetrics) Metrics.forTask(new Task("topics", TaskKind.MULTI_LABEL, "bce", 4));
        double[][][] data = labelled(4);
        feed(ours, evaluation::eval, data[0], data[1]);
        for (int c = 0; c < 4; c++) {
            assertEquals(evaluation.precision(c), ours.classes().counts().get(c).precision(), TOLERANCE);
            assertEquals(evaluation.recall(c), ours.classes().counts().get(c).recall(), TOLERANCE);
            assertEquals(evaluation.f1(c), ours.classes().counts().get(c).f1(), TOLERANCE);
        }
        assertEquals(evaluation.averageF1(), ours.value("f1-macro"), TOLERANCE);
        assertEquals(1 - evaluation.averageAccuracy(), ours.value("hamming-loss"), TOLERANCE);
    }

    @Test
    void regressionAgreesWithRegressionEvaluation() {
        RegressionEvaluation evaluation = new RegressionEvaluation(3);
        RegressionMetrics ours = (RegressionMetrics) Metrics.forTask(new Task("pose", TaskKind.REGRESSION, "mse", 3));
        double[][] labels = IntStream.range(0, EXAMPLES)
                .mapToObj(
                        i -> new double[] {random.nextGaussian(), 5 + random.nextGaussian(), 10 * random.nextDouble()})
                .toArray(double[][]::new);
        double[][] outputs = Arrays.stream(labels)
                .map(row ->
                        Arrays.stream(row).map(v -> v + random.nextGaussian()).toArray())
                .toArray(double[][]::new);
        feed(ours, evaluation::eval, outputs, labels);
        for (int c = 0; c < 3; c++) {
            assertEquals(evaluation.meanSquaredError(c), ours.output(c).mse(), TOLERANCE);
            assertEquals(evaluation.rootMeanSquaredError(c), ours.output(c).rmse(), TOLERANCE);
            assertEquals(evaluation.meanAbsoluteError(c), ours.output(c).mae(), TOLERANCE);
            assertEquals(evaluation.rSquared(c), ours.output(c).r2(), TOLERANCE);
            assertEquals(evaluation.pearsonCorrelation(c), ours.output(c).pearson(), TOLERANCE);
        }
        assertEquals(evaluation.averagerootMeanSquaredError(), ours.value("rmse"), TOLERANCE);
        assertEquals(evaluation.averageMeanAbsoluteError(), ours.value("mae"), TOLERANCE);
        assertEquals(evaluation.averageRSquared(), ours.value("r2"), TOLERANCE);
        assertEquals(evaluation.averagePearsonCorrelation(), ours.value("pearson"), TOLERANCE);
    }
}
