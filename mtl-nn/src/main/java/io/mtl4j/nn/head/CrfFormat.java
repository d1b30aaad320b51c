package io.mtl4j.nn.head;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One of C tags for each step of a sequence, chosen together: a linear-chain conditional random field. Labels are tag numbers
 * {@code [batch, time]}; a step with NaN is missing, and so are the steps of the input's padding. A mask is {@code [batch,
 * time]}, or {@code [batch]} for whole sequences.
 *
 * <p>Logits are the scores {@code [batch, C + 2 + time, C]} of {@link CrfScores}. Outputs are {@code [batch, time, C + 1]}: the
 * probabilities of the tags given the whole input, and then the number of the tag on the best path (Viterbi, IEEE Transactions
 * on Information Theory 1967); 0 at padding. The answer is that path, with the probabilities of each real step; metrics judge
 * the path.
 */
public record CrfFormat() implements AnswerFormat {

    @Override
    public TaskKind kind() {
        return TaskKind.TAGGING;
    }

    @Override
    public boolean everyStep() {
        return true;
    }

    @Override
    public LayerSpec network(Task task, HeadLayers layers, Shape representation) {
        return Chain.of(layers.network(task, true, representation), new CrfScores());
    }

    @Override
    public LossFunction adapt(LossFunction loss) {
        if (!(loss instanceof CrfLoss)) {
            throw new IllegalArgumentException("loss " + loss.name()
                    + " looks at each step by itself, but a CRF chooses tags together; leave out crf() or loss(...)");
        }
        return loss;
    }

    @Override
    public void checkLabels(Task task, INDArray labels, INDArray mask, long batch) {
        ClassLabels.check(task, true, labels, mask, batch);
        if (labels.rank() > 2 && labels.size(2) > 1) {
            throw new IllegalArgumentException(
                    "task \"" + task.name()
                            + "\": a CRF takes tag numbers [batch, time], not probabilities of tags; NaN where a tag is not known");
        }
    }

    @Override
    public INDArray effectiveMask(INDArray labels, INDArray mask, INDArray steps) {
        return LabelMask.complete(labels, mask, steps, ClassLabels.rowShape(labels, true));
    }

    @Override
    public INDArray activate(INDArray logits) {
        CrfChain[] chains = CrfChain.of(logits);
        int tags = chains[0].tags();
        int time = chains[0].time();
        double[] uses = new double[(int) logits.length()];
        double[] outputs = new double[chains.length * time * (tags + 1)];
        int at = 0;
        for (CrfChain chain : chains) {
            CrfSums.overAll(chain).addGradient(1, uses);
            int[] path = chain.bestPath();
            for (int t = 0; t < time; t++) {
                System.arraycopy(uses, chain.step(t), outputs, at, tags);
                outputs[at + tags] = path[t];
                at += tags + 1;
            }
        }
        return HeapArray.of(outputs, logits.dataType(), chains.length, time, tags + 1);
    }

    /** Metrics see rows of 1 for the tag that was chosen and 0 for the others. */
    @Override
    public void score(TaskMetrics metrics, INDArray outputs, INDArray labels, INDArray mask) {
        List<double[]> rows = OutputRows.of(outputs);
        int tags = (int) outputs.size(2) - 1;
        double[] chosen = new double[rows.size() * tags];
        for (int row = 0; row < rows.size(); row++) {
            chosen[row * tags + (int) rows.get(row)[tags]] = 1;
        }
        Scoring.add(metrics, chosen, (int) outputs.size(0), tags, labels, mask);
    }

    @Override
    public List<TaskPrediction> decode(Task task, INDArray outputs, INDArray steps) {
        int tags = (int) outputs.size(2) - 1;
        return OutputRows.byExample(outputs, steps).stream()
                .map(rows -> new TaskPrediction(
                        task,
                        rows.stream().map(row -> (int) row[tags]).toList(),
                        rows.stream().map(row -> Arrays.copyOf(row, tags)).toList()))
                .toList();
    }
}
