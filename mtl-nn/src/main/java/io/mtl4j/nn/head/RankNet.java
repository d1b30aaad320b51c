package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pairwise loss of RankNet (Burges et al., "Learning to Rank using Gradient Descent", ICML 2005, equation 3): for each pair of
 * items of a list with relevances {@code r_i > r_j} and scores s, {@code log(1 + exp(-(s_i - s_j)))}. The value is the mean over
 * lists with such a pair of the mean over their pairs, so a list weighs the same whatever its length.
 *
 * <p>Logits are scores {@code [batch, items]} or {@code [batch, items, 1]}, labels relevances of the same number.
 */
public record RankNet() implements LossFunction {

    @Override
    public String name() {
        return "ranknet";
    }

    @Override
    public void checkFits(Task task) {
        Fit.kinds(task, this, TaskKind.RANKING);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        return ItemPairs.mean(logits, labels, mask, list -> {
            double weight = 1.0 / list.pairs();
            return (i, j) -> weight;
        });
    }
}
