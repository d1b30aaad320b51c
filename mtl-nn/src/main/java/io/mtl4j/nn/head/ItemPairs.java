package io.mtl4j.nn.head;

import io.mtl4j.nn.head.LossFunction.Result;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Losses on the pairs of items of a list of which one is more relevant than the other. */
final class ItemPairs {

    private ItemPairs() {}

    /** What a pair counts; the first item is the more relevant one. */
    interface Weights {
        double of(int i, int j);
    }

    /** The items of a list whose relevance is known. */
    record ItemList(double[] scores, double[] relevance) {

        long pairs() {
            long pairs = 0;
            for (double first : relevance) {
                for (double second : relevance) {
                    pairs += first > second ? 1 : 0;
                }
            }
            return pairs;
        }
    }

    /** The mean over lists of {@code Σ_pairs weight log(1 + exp(-(s_i - s_j)))}. */
    static Result mean(INDArray logits, INDArray labels, INDArray mask, Function<ItemList, Weights> weighing) {
        if (labels.length() != logits.length() || labels.size(0) != logits.size(0)) {
            throw new IllegalArgumentException("labels of shape " + Arrays.toString(labels.shape())
                    + " for scores of shape " + Arrays.toString(logits.shape()) + "; give one label for each item");
        }
        double[] s = HeapArray.read(logits);
        double[] r = HeapArray.read(labels);
        LabelMask there = LabelMask.of(mask, logits.shape());
        double[] gradient = new double[s.length];
        int size = (int) (s.length / logits.size(0));
        double sum = 0;
        long count = 0;
        for (int from = 0; from < s.length; from += size) {
            int[] items = IntStream.range(from, from + size).filter(there::at).toArray();
            ItemList list = new ItemList(pick(s, items), pick(r, items));
            if (list.pairs() > 0) {
                sum += add(list, weighing.apply(list), items, gradient);
                count++;
            }
        }
        for (int i = 0; count > 1 && i < gradient.length; i++) {
            gradient[i] /= count;
        }
        return new Result(sum / count, HeapArray.like(logits, gradient), count);
    }

    private static double[] pick(double[] values, int[] items) {
        return Arrays.stream(items).mapToDouble(item -> values[item]).toArray();
    }

    private static double add(ItemList list, Weights weights, int[] items, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < items.length; i++) {
            for (int j = 0; j < items.length; j++) {
                if (list.relevance[i] > list.relevance[j]) {
                    double weight = weights.of(i, j);
                    Logistic right = Logistic.of(list.scores[i] - list.scores[j]);
                    sum -= weight * right.logYes();
                    gradient[items[i]] -= weight * right.no();
                    gradient[items[j]] += weight * right.no();
                }
            }
        }
        return sum;
    }
}
