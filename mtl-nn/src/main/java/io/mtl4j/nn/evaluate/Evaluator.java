package io.mtl4j.nn.evaluate;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.evaluate.Evaluation.TaskEvaluation;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.LossFunction;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.model.ModelHold;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.nn.model.TaskLogits;
import io.mtl4j.task.TaskKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs a model, or another predictor, over data sets, without dropout and with running statistics, and measures every task.
 * Losses are computed from a model's logits; another predictor has none, and its losses are NaN.
 */
public final class Evaluator {

    private final Predictor predictor;
    private final int batchSize;

    /**
     * Makes an evaluator.
     *
     * @param predictor the model, or an ensemble
     * @param batchSize number of examples to run at once, at least 1; it does not change the result
     */
    public Evaluator(Predictor predictor, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size = " + batchSize + "; it must be at least 1");
        }
        this.predictor = predictor;
        this.batchSize = batchSize;
    }

    /**
     * Evaluates with 256 examples at once.
     *
     * @param predictor the model, or an ensemble
     * @param data the data
     * @return what came out
     */
    public static Evaluation evaluate(Predictor predictor, MultiTaskData data) {
        return new Evaluator(predictor, 256).evaluate(data);
    }

    /**
     * Evaluates all tasks that have labels.
     *
     * @param data the data
     * @return what came out
     * @throws IllegalArgumentException if the data do not fit the model
     */
    public Evaluation evaluate(MultiTaskData data) {
        Map<String, Tally> tallies = tallies();
        for (DataSource source : data.sources()) {
            run(source, tallies);
        }
        return result(tallies);
    }

    /**
     * Evaluates one batch, as it is.
     *
     * @param predictor the model, or an ensemble
     * @param batch labelled examples
     * @return what came out
     * @throws IllegalArgumentException if the examples do not fit the model
     */
    public static Evaluation evaluate(Predictor predictor, MultiTaskBatch batch) {
        Evaluator evaluator = new Evaluator(predictor, Math.max(1, batch.size()));
        Map<String, Tally> tallies = evaluator.tallies();
        batch.sources().forEach((input, source) -> evaluator.add(source, input, tallies));
        return result(tallies);
    }

    private Map<String, Tally> tallies() {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (Head head : predictor.heads()) {
            tallies.put(head.task().name(), new Tally(head));
        }
        return tallies;
    }

    private static Evaluation result(Map<String, Tally> tallies) {
        Map<String, TaskEvaluation> results = new LinkedHashMap<>();
        tallies.forEach((task, tally) -> {
            if (tally.labels > 0) {
                results.put(task, tally.result());
            }
        });
        return new Evaluation(results);
    }

    private void run(DataSource source, Map<String, Tally> tallies) {
        for (SourceBatch batch : source.inOrder(batchSize)) {
            add(batch, source.input(), tallies);
        }
    }

    private void add(SourceBatch batch, String input, Map<String, Tally> tallies) {
        try (MemoryWorkspace arena = Arena.open("EVALUATE")) {
            if (predictor instanceof MultiTaskModel model) {
                addLogits(model, batch, input, tallies);
            } else {
                predictor
                        .outputs(input, batch)
                        .forEach((task, outputs) -> tallies.get(task).addOutputs(outputs, batch));
            }
        }
    }

    /**
     * Computes what the predictor says of all examples of a source.
     *
     * @param source the source; what it augments is seen augmented
     * @return by task, a row of probabilities or values for each example; tasks that answer with more than one row, such as a
     *     tag for each step, are not there
     * @throws IllegalArgumentException if the source does not fit the predictor
     */
    public Map<String, double[][]> outputs(DataSource source) {
        Map<String, double[][]> all = new LinkedHashMap<>();
        int done = 0;
        for (SourceBatch batch : source.inOrder(batchSize)) {
            int first = done;
            done += batch.size();
            predictor.outputs(source.input(), batch).forEach((task, output) -> {
                if (output.rank() == 2) {
                    double[][] rows = all.computeIfAbsent(task, t -> new double[source.size()][]);
                    System.arraycopy(output.toDoubleMatrix(), 0, rows, first, batch.size());
                }
            });
        }
        return all;
    }

    private static void addLogits(MultiTaskModel model, SourceBatch batch, String input, Map<String, Tally> tallies) {
        try (ModelHold hold = model.hold()) {
            TaskLogits[] logits = model.network().evaluate(model.architecture().indexOfInput(input), batch);
            for (int k = 0; k < logits.length; k++) {
                if (logits[k] != null) {
                    INDArray truth = model.network().targets(k, batch);
                    tallies.get(model.tasks().get(k).name()).add(logits[k], truth, batch);
                }
            }
        }
    }

    /** What is known of a task so far. */
    private static final class Tally {
        private final Head head;
        private final TaskMetrics metrics;
        private double lossSum;
        private long labels;

        Tally(Head head) {
            this.head = head;
            this.metrics = head.newMetrics();
        }

        void add(TaskLogits logits, INDArray truth, SourceBatch batch) {
            INDArray given = batch.labelMasks().get(head.task().name());
            INDArray mask = head.effectiveMask(truth, given, batch.steps());
            LossFunction.Result loss = head.loss().evaluate(logits.told(), truth, mask);
            if (loss.count() > 0) {
                lossSum += loss.value() * loss.count();
                labels += loss.count();
                head.score(metrics, head.activate(logits.free()), truth, mask);
            }
        }

        /** Adds what a predictor without logits, and so without losses, computed. */
        void addOutputs(INDArray outputs, SourceBatch batch) {
            INDArray truth = head.targets(batch.labels().get(head.task().name()), batch.features());
            if (truth == null) {
                return;
            }
            INDArray given = batch.labelMasks().get(head.task().name());
            head.checkLabels(truth, given, batch.size());
            INDArray mask = head.effectiveMask(truth, given, batch.steps());
            long count = count(outputs, truth, mask);
            lossSum = Double.NaN;
            if (count > 0) {
                labels += count;
                head.score(metrics, outputs, truth, mask);
            }
        }

        private long count(INDArray outputs, INDArray truth, INDArray mask) {
            if (mask != null) {
                return mask.sumNumber().longValue();
            }
            TaskKind kind = head.task().kind();
            boolean rows = (kind == TaskKind.MULTI_CLASS || kind == TaskKind.TAGGING) && truth.rank() == outputs.rank();
            return rows ? truth.length() / truth.size(-1) : truth.length(); // a row of probabilities is one label
        }

        TaskEvaluation result() {
            return new TaskEvaluation(lossSum / labels, labels, metrics.values(), metrics.report());
        }
    }
}
