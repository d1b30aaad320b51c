package io.mtl4j.metric;

import static io.mtl4j.task.Direction.HIGHER_IS_BETTER;

import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Measures how well scores order the items of lists, such as the documents found for a query. An example is a list, its rows
 * are items: {@code ndcg@10}, the {@linkplain Dcg discounted cumulative gain} of the first ten over that of the best order;
 * {@code mrr}, the mean of 1 / place of the first relevant item (above 0); and {@code pairwise-accuracy}, the part of the pairs
 * of items of different relevance that stand in the right order, where equal scores count half.
 *
 * <p>All are means over lists; the first two over lists with a relevant item, the last over lists with such a pair. For the
 * first two, of items with equal scores the less relevant is taken to stand first, so that a model that says nothing gains
 * nothing by the order in which items were given.
 */
public final class RankingMetrics implements TaskMetrics {
    private static final int DEPTH = 10;

    private final Rows rows;
    private long lists;
    private long relevantLists;
    private long comparedLists;
    private double ndcg;
    private double reciprocal;
    private double accuracy;

    private record Item(double score, double relevance) {}

    /**
     * Creates it empty.
     *
     * @param task the task, with one output: the score
     * @throws IllegalArgumentException if it has more
     */
    public RankingMetrics(Task task) {
        this.rows = new Rows(task);
        if (task.outputs() != 1) {
            throw rows.bad(task.outputs() + " outputs; an item has one score");
        }
    }

    /**
     * Adds one list.
     *
     * @param outputs the score of each item, {@code [items][1]}
     * @param labels the relevance of each item, {@code [items][1]}, from 0 to {@link Dcg#MAX_RELEVANCE}; NaN where missing
     */
    @Override
    public void add(double[][] outputs, double[][] labels) {
        List<Item> items = new ArrayList<>();
        rows.forEach(outputs, labels, (output, label) -> {
            rows.checkLabelSize(label);
            if (!Double.isNaN(label[0])) {
                items.add(new Item(output[0], relevance(label[0])));
            }
        });
        items.sort(Comparator.comparingDouble(Item::score).reversed().thenComparingDouble(Item::relevance));
        if (!items.isEmpty()) {
            lists++;
            addOrder(items.stream().mapToDouble(Item::relevance).toArray());
            addPairs(items);
        }
    }

    private double relevance(double label) {
        if (!(label >= 0 && label <= Dcg.MAX_RELEVANCE)) {
            throw rows.bad("relevance " + label + "; it must be from 0 to " + Dcg.MAX_RELEVANCE);
        }
        return label;
    }

    private void addOrder(double[] relevance) {
        double ideal = Dcg.ideal(relevance, DEPTH);
        if (ideal > 0) {
            relevantLists++;
            ndcg += Dcg.of(relevance, DEPTH) / ideal;
            int place = 0;
            while (relevance[place] == 0) {
                place++;
            }
            reciprocal += 1.0 / (place + 1);
        }
    }

    private void addPairs(List<Item> items) {
        long pairs = 0;
        double right = 0;
        for (int i = 0; i < items.size(); i++) {
            for (int j = i + 1; j < items.size(); j++) {
                Item first = items.get(i);
                Item second = items.get(j);
                if (first.relevance != second.relevance) {
                    pairs++;
                    right += first.score == second.score ? 0.5 : first.relevance > second.relevance ? 1 : 0;
                }
            }
        }
        if (pairs > 0) {
            comparedLists++;
            accuracy += right / pairs;
        }
    }

    @Override
    public List<MetricValue> values() {
        return List.of(
                new MetricValue("ndcg@" + DEPTH, ndcg / relevantLists, HIGHER_IS_BETTER),
                new MetricValue("mrr", reciprocal / relevantLists, HIGHER_IS_BETTER),
                new MetricValue("pairwise-accuracy", accuracy / comparedLists, HIGHER_IS_BETTER));
    }

    @Override
    public String report() {
        return String.format(
                Locale.ROOT,
                "%d lists: ndcg@%d %.4f, mrr %.4f, pairwise accuracy %.4f\n",
                lists,
                DEPTH,
                value("ndcg@" + DEPTH),
                value("mrr"),
                value("pairwise-accuracy"));
    }
}
