package io.mtl4j.nn.evaluate;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.evaluate.Evaluation.TaskEvaluation;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.LossFunction;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.TaskLogits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a model over data sets, without dropout and with running statistics, and measures every task. */
public final class Evaluator {

    private final MultiTaskModel model;
    private final int batchSize;

    /**
     * Makes an evaluator.
     *
     * @param model the model
     * @param batchSize number of examples to run at once, at least 1; it does not change the result
     */
    public Evaluator(MultiTaskModel model, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch size = " + batchSize + "; it must be at least 1");
        }
        this.model = model;
        this.batchSize = batchSize;
    }

    /**
     * Evaluates with 256 examples at once.
     *
     * @param model the model
     * @param data the data
     * @return what came out
     */
    public static Evaluation evaluate(MultiTaskModel model, MultiTaskData data) {
        return new Evaluator(model, 256).evaluate(data);
    }

    /**
     * Evaluates all tasks that have labels.
     *
     * @param data the data
     * @return what came out
     * @throws IllegalArgumentException if the data do not fit the model
     */
    public Evaluation evaluate(MultiTaskData data) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (Head head : model.architecture().heads()) {
            tallies.put(head.task().name(), new Tally(head));
        }
        for (DataSource source : data.sources()) {
            run(source, tallies);
        }
        Map<String, TaskEvaluation> results = new LinkedHashMap<>();
        tallies.forEach((task, tally) -> {
            if (tally.labels > 0) {
                results.put(task, tally.result());
            }
        });
        return new Evaluation(results);
    }

    private void run(DataSource source, Map<String, Tally> tallies) {
        int input = model.architecture().indexOfInput(source.input());
        Seed seed = new Seed(0); // evaluation data are not augmented, but a source may ask for a generator
        for (int from = 0; from < source.size(); from += batchSize) {
            int[] indices = IntStream.range(from, Math.min(source.size(), from + batchSize))
                    .toArray();
            SourceBatch batch = source.batch(indices, seed.child(from).generator());
            try (MemoryWorkspace arena = Arena.open("EVALUATE")) {
                TaskLogits[] logits = model.network().evaluate(input, batch);
                for (int k = 0; k < logits.length; k++) {
                    if (logits[k] != null) {
                        INDArray truth = model.network().targets(k, batch);
                        tallies.get(model.tasks().get(k).name()).add(logits[k], truth, batch);
                    }
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

        TaskEvaluation result() {
            return new TaskEvaluation(lossSum / labels, labels, metrics.values(), metrics.report());
        }
    }
}
