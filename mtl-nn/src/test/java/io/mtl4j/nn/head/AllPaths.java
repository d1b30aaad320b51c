package io.mtl4j.nn.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every path through one short chain, by trying all of them. */
record AllPaths(List<int[]> paths, double[] scores, int tags) {

    /** Reads scores as {@link CrfScores} gives them; a step of negative infinity ends the sequence. */
    static AllPaths of(INDArray logits, int example) {
        INDArray rows = logits.slice(example);
        int tags = (int) logits.size(2);
        int steps = 0;
        while (tags + 2 + steps < rows.rows() && !Double.isInfinite(rows.getDouble(tags + 2 + steps, 0))) {
            steps++;
        }
        List<int[]> paths = new ArrayList<>();
        double[] scores = new double[(int) Math.pow(tags, steps)];
        for (int n = 0; n < scores.length; n++) {
            int[] path = new int[steps];
            int rest = n;
            for (int t = 0; t < steps; t++) {
                path[t] = rest % tags;
                rest /= tags;
                scores[n] += rows.getDouble(tags + 2 + t, path[t]);
                scores[n] += t == 0 ? rows.getDouble(tags, path[0]) : rows.getDouble(path[t - 1], path[t]);
            }
            scores[n] += rows.getDouble(tags + 1, path[steps - 1]);
            paths.add(path);
        }
        return new AllPaths(paths, scores, tags);
    }

    double logSum(Predicate<int[]> allowed) {
        double max = Arrays.stream(scores).max().orElseThrow();
        double sum = 0;
        for (int n = 0; n < scores.length; n++) {
            sum += allowed.test(paths.get(n)) ? Math.exp(scores[n] - max) : 0;
        }
        return max + Math.log(sum);
    }

    double[] tagProbabilities(int t) {
        double[] p = new double[tags];
        for (int tag = 0; tag < tags; tag++) {
            int wanted = tag;
            p[tag] = Math.exp(logSum(path -> path[t] == wanted) - logSum(path -> true));
        }
        return p;
    }

    List<Integer> best() {
        int best = 0;
        for (int n = 1; n < scores.length; n++) {
            best = scores[n] > scores[best] ? n : best;
        }
        return Arrays.stream(paths.get(best)).boxed().toList();
    }
}
