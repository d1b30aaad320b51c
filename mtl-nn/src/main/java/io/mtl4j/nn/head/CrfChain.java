package io.mtl4j.nn.head;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The scores that {@link CrfScores} gives for one sequence, on the heap.
 *
 * @param scores those of the whole batch, row by row
 * @param from where this sequence's begin: the rows of A, start, end, and the steps
 * @param tags number of tags
 * @param time number of steps, with padding
 * @param expA the exponentials of the transitions, which sequences of one batch share where they are the same
 */
record CrfChain(double[] scores, int from, int tags, int time, ExpTransitions expA) {

    /**
     * {@code exp(A - shift)}.
     *
     * @param values row by row
     * @param shift the greatest element of A
     */
    record ExpTransitions(double[] values, double shift) {

        static ExpTransitions of(double[] a) {
            double shift = Arrays.stream(a).max().orElseThrow();
            return new ExpTransitions(
                    Arrays.stream(a).map(value -> Math.exp(value - shift)).toArray(), shift);
        }
    }

    /** The sequences of a batch. */
    static CrfChain[] of(INDArray logits) {
        int tags = logits.rank() == 3 ? (int) logits.size(2) : 0;
        int time = logits.rank() == 3 ? (int) logits.size(1) - tags - 2 : 0;
        if (time < 1) {
            throw new IllegalArgumentException("scores of shape " + Arrays.toString(logits.shape())
                    + "; they must be [batch, tags + 2 + time, tags], as CrfScores gives them");
        }
        double[] scores = HeapArray.read(logits);
        CrfChain[] chains = new CrfChain[(int) logits.size(0)];
        int size = (tags + 2 + time) * tags;
        for (int i = 0; i < chains.length; i++) {
            chains[i] = new CrfChain(scores, i * size, tags, time, expTransitions(scores, i * size, tags, i, chains));
        }
        return chains;
    }

    private static ExpTransitions expTransitions(double[] scores, int from, int tags, int i, CrfChain[] earlier) {
        int size = tags * tags;
        boolean same = i > 0
                && Arrays.equals(scores, from, from + size, scores, earlier[i - 1].from, earlier[i - 1].from + size);
        return same ? earlier[i - 1].expA : ExpTransitions.of(Arrays.copyOfRange(scores, from, from + size));
    }

    /** Where the transitions from a tag are. */
    int transitions(int tag) {
        return from + tag * tags;
    }

    int start() {
        return from + tags * tags;
    }

    int end() {
        return start() + tags;
    }

    /** Where the scores of the tags of a step are. */
    int step(int t) {
        return end() + tags + t * tags;
    }

    /** The steps that are no padding. */
    int[] realSteps() {
        return IntStream.range(0, time)
                .filter(t -> scores[step(t)] != Double.NEGATIVE_INFINITY)
                .toArray();
    }

    /** The best path (Viterbi): the tag of each step, 0 for padding. */
    int[] bestPath() {
        int[] steps = realSteps();
        int[][] cameFrom = new int[steps.length][tags];
        double[] best = Arrays.copyOfRange(scores, start(), start() + tags);
        for (int n = 0; n < steps.length; n++) {
            if (n > 0) {
                best = afterTransition(best, cameFrom[n]);
            }
            for (int j = 0; j < tags; j++) {
                best[j] += scores[step(steps[n]) + j];
            }
        }
        for (int j = 0; j < tags; j++) {
            best[j] += scores[end() + j];
        }
        int[] path = new int[time];
        int tag = OutputRows.argMax(best);
        for (int n = steps.length - 1; n >= 0; n--) {
            path[steps[n]] = tag;
            tag = cameFrom[n][tag];
        }
        return path;
    }

    private double[] afterTransition(double[] best, int[] cameFrom) {
        double[] next = new double[tags];
        Arrays.fill(next, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < tags; i++) {
            int row = transitions(i);
            for (int j = 0; j < tags; j++) {
                if (best[i] + scores[row + j] > next[j]) {
                    next[j] = best[i] + scores[row + j];
                    cameFrom[j] = i;
                }
            }
        }
        return next;
    }
}
