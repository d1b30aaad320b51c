package io.mtl4j.nn.head;

import io.mtl4j.metric.Dcg;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An order of the items of a list, such as documents found for a query. An example is a list: a sequence whose steps are its
 * items, where the input's mask of steps says which are padding. Labels are relevances {@code [batch, items]}, from 0 to {@link
 * Dcg#MAX_RELEVANCE}, the higher the better; NaN is missing, and so is padding. A mask is {@code [batch, items]}, or {@code
 * [batch]} for whole lists.
 *
 * <p>Outputs are scores {@code [batch, items, 1]}, whose differences alone mean something. In an answer, {@link
 * TaskPrediction#classes()} are the numbers of the items, best first, and its one row of values are the scores in the order in
 * which items were given.
 */
public record RankFormat() implements AnswerFormat {

    @Override
    public TaskKind kind() {
        return TaskKind.RANKING;
    }

    @Override
    public boolean everyStep() {
        return true;
    }

    @Override
    public void checkFits(Task task) {
        if (task.outputs() != 1 || !task.classNames().isEmpty()) {
            throw new IllegalArgumentException(
                    "task \"" + task.name() + "\" with " + task.outputs() + " outputs and names " + task.classNames()
                            + "; a ranking has one score for each item, and items have numbers only");
        }
    }

    @Override
    public void checkLabels(Task task, INDArray labels, INDArray mask, long batch) {
        boolean flat = labels.rank() == 2 || labels.rank() == 3 && labels.size(2) == 1;
        if (!flat || labels.size(0) != batch) {
            throw new IllegalArgumentException(
                    "task \"" + task.name() + "\": labels of shape " + Arrays.toString(labels.shape()) + " for " + batch
                            + " lists; give relevances [" + batch + ", items]");
        }
        LabelCheck.mask(task, mask, items(labels));
        LabelMask there = LabelMask.of(mask, items(labels));
        double[] values = HeapArray.read(labels);
        for (int i = 0; i < values.length; i++) {
            if (there.at(i) && (values[i] < 0 || values[i] > Dcg.MAX_RELEVANCE)) {
                throw new IllegalArgumentException(
                        "task \"" + task.name() + "\": relevance " + values[i] + " at example "
                                + i / labels.size(1) + ", item " + i % labels.size(1) + "; it must be from 0 to "
                                + Dcg.MAX_RELEVANCE + ", or NaN if missing");
            }
        }
    }

    private static long[] items(INDArray labels) {
        return new long[] {labels.size(0), labels.size(1)};
    }

    @Override
    public INDArray effectiveMask(INDArray labels, INDArray mask, INDArray steps) {
        return LabelMask.complete(labels, mask, steps, items(labels));
    }

    @Override
    public INDArray activate(INDArray logits) {
        return logits.dup();
    }

    @Override
    public List<TaskPrediction> decode(Task task, INDArray outputs, INDArray steps) {
        List<TaskPrediction> answers = new ArrayList<>();
        for (List<double[]> items : OutputRows.byExample(outputs, steps)) {
            double[] scores = items.stream().mapToDouble(row -> row[0]).toArray();
            List<Integer> order =
                    Arrays.stream(OutputRows.descending(scores)).boxed().toList();
            answers.add(new TaskPrediction(task, order, List.of(scores)));
        }
        return answers;
    }
}
