package io.mtl4j.nn.head;

import java.util.Arrays;

/**
 * The sum over paths of tags through one sequence: {@code log Σ_y exp s(y)}, over all paths or over those that agree with given
 * tags, and its gradient, the probabilities of tags and transitions.
 *
 * <p>Forward sums α are logarithms, but a step from one to the next is a product with {@code exp(A)}, so that it takes C and not
 * C² exponentials; a sum that is too small for a number is taken again in logarithms. With {@code w_t(i | j) =
 * exp(α_{t-1}(i) + A(i, j)) / Σ_k exp(α_{t-1}(k) + A(k, j))}, the probability that tag i came before tag j, the walk back
 * multiplies probabilities alone, where the usual one (Rabiner, Proceedings of the IEEE 1989, equations 25 and 37) needs sums of
 * exponentials as well.
 */
final class CrfSums {

    private static final double TOO_SMALL = 1e-200;

    private final CrfChain chain;
    private final int tags;
    private final int[] steps;
    private final int[] low;
    private final int[] high;
    private final double[][] before;
    private final double[] last;
    private double[] alpha;
    private final double value;

    /**
     * Sums.
     *
     * @param given the tag of each step, -1 where any will do; those of padding are not looked at
     */
    CrfSums(CrfChain chain, int[] given) {
        this.chain = chain;
        this.tags = chain.tags();
        this.steps = chain.realSteps();
        this.low = Arrays.stream(steps).map(t -> Math.max(0, given[t])).toArray();
        this.high = Arrays.stream(steps)
                .map(t -> given[t] < 0 ? tags : given[t] + 1)
                .toArray();
        this.before = new double[steps.length][];
        this.alpha = new double[tags];
        this.last = new double[tags];
        this.value = steps.length == 0 ? 0 : forward();
    }

    /** Sums over all paths. */
    static CrfSums overAll(CrfChain chain) {
        int[] free = new int[chain.time()];
        Arrays.fill(free, -1);
        return new CrfSums(chain, free);
    }

    /** The logarithm of the sum. */
    double value() {
        return value;
    }

    private double forward() {
        double[] scores = chain.scores();
        for (int n = 0; n < steps.length; n++) {
            double[] next = new double[tags];
            if (n > 0) {
                transition(n, next);
            }
            for (int j = low[n]; j < high[n]; j++) {
                next[j] += scores[chain.step(steps[n]) + j] + (n == 0 ? scores[chain.start() + j] : 0);
            }
            alpha = next;
        }
        int n = steps.length - 1;
        double max = Double.NEGATIVE_INFINITY;
        for (int j = low[n]; j < high[n]; j++) {
            last[j] = alpha[j] + scores[chain.end() + j];
            max = Math.max(max, last[j]);
        }
        double sum = 0;
        for (int j = low[n]; j < high[n]; j++) {
            last[j] = Math.exp(last[j] - max);
            sum += last[j];
        }
        for (int j = low[n]; j < high[n]; j++) {
            last[j] /= sum;
        }
        return max + Math.log(sum);
    }

    /** Log sums of α over the tags before, and the probabilities of these. */
    private void transition(int n, double[] next) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = low[n - 1]; i < high[n - 1]; i++) {
            max = Math.max(max, alpha[i]);
        }
        double[] expA = chain.expA().values();
        double[] w = new double[(high[n - 1] - low[n - 1]) * (high[n] - low[n])];
        double[] sum = new double[tags];
        int at = 0;
        for (int i = low[n - 1]; i < high[n - 1]; i++) {
            double u = Math.exp(alpha[i] - max);
            for (int j = low[n]; j < high[n]; j++, at++) {
                w[at] = u * expA[i * tags + j];
                sum[j] += w[at];
            }
        }
        for (int j = low[n]; j < high[n]; j++) {
            boolean fine = sum[j] > TOO_SMALL;
            next[j] = fine ? max + chain.expA().shift() + Math.log(sum[j]) : inLogarithms(n, j, w);
            sum[j] = fine ? 1 / sum[j] : 1;
        }
        at = 0;
        while (at < w.length) {
            for (int j = low[n]; j < high[n]; j++, at++) {
                w[at] *= sum[j];
            }
        }
        before[n] = w;
    }

    private double inLogarithms(int n, int j, double[] w) {
        int width = high[n] - low[n];
        double max = Double.NEGATIVE_INFINITY;
        for (int i = low[n - 1]; i < high[n - 1]; i++) {
            max = Math.max(max, alpha[i] + chain.scores()[chain.transitions(i) + j]);
        }
        double sum = 0;
        for (int i = low[n - 1], at = j - low[n]; i < high[n - 1]; i++, at += width) {
            w[at] = Math.exp(alpha[i] + chain.scores()[chain.transitions(i) + j] - max);
            sum += w[at];
        }
        for (int at = j - low[n]; at < w.length; at += width) {
            w[at] /= sum;
        }
        return max + Math.log(sum);
    }

    /**
     * Adds the gradient: at each score the expected number of times that a path uses it.
     *
     * @param scale what to multiply it with
     * @param into of the size of the batch's scores
     */
    void addGradient(double scale, double[] into) {
        double[] node = last;
        add(scale, last, into, steps.length == 0 ? -1 : chain.end());
        for (int n = steps.length - 1; n >= 0; n--) {
            add(scale, node, into, chain.step(steps[n]));
            if (n == 0) {
                add(scale, node, into, chain.start());
            } else {
                node = backward(n, node, scale, into);
            }
        }
    }

    private void add(double scale, double[] values, double[] into, int at) {
        for (int j = 0; j < tags && at >= 0; j++) {
            into[at + j] += scale * values[j];
        }
    }

    private double[] backward(int n, double[] node, double scale, double[] into) {
        double[] earlier = new double[tags];
        double[] w = before[n];
        int at = 0;
        for (int i = low[n - 1]; i < high[n - 1]; i++) {
            int row = chain.transitions(i);
            double sum = 0;
            for (int j = low[n]; j < high[n]; j++, at++) {
                double p = node[j] * w[at];
                into[row + j] += scale * p;
                sum += p;
            }
            earlier[i] = sum;
        }
        return earlier;
    }
}
