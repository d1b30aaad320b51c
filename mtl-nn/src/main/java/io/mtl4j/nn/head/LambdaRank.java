package io.mtl4j.nn.head;

import io.mtl4j.metric.Dcg;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link RankNet} with each pair weighed by how much NDCG changes when its items change places (Burges, Ragno and Le, "Learning
 * to Rank with Nonsmooth Cost Functions", NeurIPS 2006; as a loss: Wang et al., CIKM 2018, equation 12): {@code Σ |2^{r_i} -
 * 2^{r_j}| |1 / log2(1 + p_i) - 1 / log2(1 + p_j)| / IDCG log(1 + exp(-(s_i - s_j)))}, with places p in the order of the scores,
 * equal ones in the order given, and all places counted. The value is the mean over lists with a pair of different relevance. The
 * weights are constants for the gradient, as they are between two changes of the order.
 *
 * <p>Logits are scores {@code [batch, items]} or {@code [batch, items, 1]}, labels relevances of the same number.
 */
public record LambdaRank() implements LossFunction {

    @Override
    public String name() {
        return "lambdarank";
    }

    @Override
    public void checkFits(Task task) {
        Fit.kinds(task, this, TaskKind.RANKING);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        return ItemPairs.mean(logits, labels, mask, LambdaRank::weights);
    }

    private static ItemPairs.Weights weights(ItemPairs.ItemList list) {
        double ideal = Dcg.ideal(list.relevance(), Integer.MAX_VALUE);
        double[] discounts = new double[list.scores().length];
        int[] order = OutputRows.descending(list.scores());
        for (int place = 1; place <= order.length; place++) {
            discounts[order[place - 1]] = Dcg.discount(place);
        }
        return (i, j) -> Math.abs(Dcg.gain(list.relevance()[i]) - Dcg.gain(list.relevance()[j]))
                * Math.abs(discounts[i] - discounts[j])
                / ideal;
    }
}
