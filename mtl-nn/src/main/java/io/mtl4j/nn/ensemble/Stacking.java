package io.mtl4j.nn.ensemble;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceLabels;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.task.Task;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model learns how much to trust each member: for each task, a linear layer with the task's own loss reads what all members
 * answered and gives the answer (D. H. Wolpert, "Stacked Generalization", Neural Networks 1992). It reads logarithms of
 * probabilities {@code log p}, log-odds of yes {@code log p - log(1 - p)}, and plain values, so that for classes it learns
 * weights of members and classes in a product of experts (K. M. Ting and I. H. Witten, "Issues in Stacked Generalization",
 * JAIR 1999, found linear learners on probabilities best).
 *
 * <p>It must learn from examples that the members were not trained on: on their training data even a member that only
 * remembers looks trustworthy. Tasks whose answers are sequences cannot be stacked.
 */
public final class Stacking implements Combination {

    private static final int BATCH = 256;

    private final Map<String, MultiTaskModel> learners;

    /**
     * Takes learners that were trained before; {@link #fit} is the usual way.
     *
     * @param learners by task, a model with one input, the numbers that the members computed, and that task
     */
    Stacking(Map<String, MultiTaskModel> learners) {
        this.learners = Collections.unmodifiableMap(new LinkedHashMap<>(learners));
    }

    /**
     * {@return an ensemble that has learned to combine}
     *
     * @param members the members, trained
     * @param heldOut examples that they were not trained on, with labels of all tasks
     * @param seed of the learners
     * @throws IllegalArgumentException if a task has no labels there, or cannot be stacked
     */
    public static Ensemble fit(List<? extends Predictor> members, MultiTaskData heldOut, long seed) {
        Ensemble.requireAlike(members);
        Map<String, MultiTaskModel> learners = new LinkedHashMap<>();
        for (DataSource source : heldOut.sources()) {
            List<Map<String, double[][]>> answers = members.stream()
                    .map(m -> new Evaluator(m, BATCH).outputs(source))
                    .toList();
            for (Head head : members.get(0).heads()) {
                Task task = head.task();
                if (source.tasks().contains(task.name())) {
                    StackingLearner learner = new StackingLearner(task, seed);
                    float[][] labels = SourceLabels.rows(source, task.name());
                    learners.put(task.name(), learner.train(features(task, answers), labels));
                }
            }
        }
        for (String task : members.get(0).tasks().names()) {
            if (!learners.containsKey(task)) {
                throw new IllegalArgumentException("task \"" + task
                        + "\" has no labels in the held-out data; give some, or average instead of stacking");
            }
        }
        return new Ensemble(members, new Stacking(learners));
    }

    /** {@return the learners by task} */
    public Map<String, MultiTaskModel> learners() {
        return learners;
    }

    @Override
    public INDArray combine(Head head, List<INDArray> outputs) {
        MultiTaskModel learner = learners.get(head.task().name());
        if (learner == null) {
            throw new IllegalArgumentException("task \"" + head.task().name()
                    + "\" is not among those that were stacked, " + learners.keySet()
                    + "; use the ensemble that fit(...) gave");
        }
        TaskOutputs.require(head.task(), outputs);
        List<double[][]> answers =
                outputs.stream().map(INDArray::toDoubleMatrix).toList();
        INDArray features = Nd4j.createFromArray(StackingLearner.features(head.task(), answers));
        return learner.outputs(MultiTaskModel.DEFAULT_INPUT, features, null)
                .get(head.task().name())
                .castTo(outputs.get(0).dataType());
    }

    private static float[][] features(Task task, List<Map<String, double[][]>> answers) {
        StackingLearner.requireKind(task);
        return StackingLearner.features(
                task, answers.stream().map(a -> a.get(task.name())).toList());
    }
}
