package io.mtl4j.nn.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The beginnings of a {@link BeamSearch}, in rows {@code example * width + beam}, and the best that is done of each example. Where
 * logits are not numbers, there is no answer but an empty one.
 */
final class Beams {

    private final BeamSearch search;
    private final int batch;
    private final int end;
    private final double[] logProbability;
    private final List<Place> places = new ArrayList<>();
    private final Done[] best;
    private int[] tokens;
    private int[] parents;

    /** A place: for each row the row it came from and the token it took, and the logits of the rows before. */
    private record Place(int[] parents, int[] tokens, double[] logits) {}

    /** A sequence that is done: its last token, taken at a place by a row of the place before. */
    private record Done(int place, int row, int token, double score) {}

    /** A row and the token that it may take. */
    private record Candidate(int row, int token, double logProbability) {}

    Beams(BeamSearch search, int batch, int vocabulary) {
        this.search = search;
        this.batch = batch;
        this.end = vocabulary;
        this.best = new Done[batch];
        this.logProbability = new double[batch * search.width()];
        this.tokens = new int[batch * search.width()];
        Arrays.fill(tokens, end);
        Arrays.fill(logProbability, Double.NEGATIVE_INFINITY);
        for (int example = 0; example < batch; example++) {
            logProbability[example * search.width()] = 0;
        }
    }

    /** Whether any beginning is left. */
    boolean alive() {
        return Arrays.stream(logProbability).anyMatch(p -> p > Double.NEGATIVE_INFINITY);
    }

    /** The last token of each row. */
    int[] tokens() {
        return tokens;
    }

    /** For each row, the row it goes on from. */
    int[] parents() {
        return parents;
    }

    /** Whether any row goes on from another. */
    boolean moved() {
        for (int row = 0; row < parents.length; row++) {
            if (parents[row] != row) {
                return true;
            }
        }
        return false;
    }

    /** Takes the best next tokens; at the last place, all that is left is done. */
    void extend(double[] logits, boolean last) {
        double[] before = logProbability.clone();
        int rows = before.length;
        tokens = new int[rows];
        parents = new int[rows];
        Arrays.fill(tokens, end);
        Arrays.setAll(parents, row -> row);
        Arrays.fill(logProbability, Double.NEGATIVE_INFINITY);
        for (int example = 0; example < batch; example++) {
            int row = example * search.width();
            for (Candidate candidate : candidates(example, before, logits)) {
                if (candidate.token == end || last) {
                    finish(example, candidate);
                } else {
                    parents[row] = candidate.row;
                    tokens[row] = candidate.token;
                    logProbability[row] = candidate.logProbability;
                    row++;
                }
            }
            giveUp(example);
        }
        places.add(new Place(parents, tokens, logits));
    }

    /** The best of an example's rows and tokens, best first; at most as many as there are beams. */
    private List<Candidate> candidates(int example, double[] before, double[] logits) {
        List<Candidate> chosen = new ArrayList<>();
        for (int row = example * search.width(); row < (example + 1) * search.width(); row++) {
            if (before[row] == Double.NEGATIVE_INFINITY) {
                continue;
            }
            int from = row * (end + 1);
            double shift = before[row] - logSum(logits, from, from + end + 1);
            for (int token = 0; token <= end; token++) {
                double p = shift + logits[from + token];
                if (chosen.size() < search.width() || p > chosen.get(chosen.size() - 1).logProbability) {
                    insert(chosen, new Candidate(row, token, p));
                }
            }
        }
        return chosen;
    }

    private void insert(List<Candidate> chosen, Candidate candidate) {
        int at = chosen.size();
        while (at > 0 && chosen.get(at - 1).logProbability < candidate.logProbability) {
            at--;
        }
        chosen.add(at, candidate);
        if (chosen.size() > search.width()) {
            chosen.remove(chosen.size() - 1);
        }
    }

    private static double logSum(double[] values, int from, int to) {
        double max = Arrays.stream(values, from, to).max().orElseThrow();
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.exp(values[i] - max);
        }
        return max + Math.log(sum);
    }

    private void finish(int example, Candidate candidate) {
        double score = search.score(candidate.logProbability, places.size() + 1);
        if (best[example] == null || score > best[example].score) {
            best[example] = new Done(places.size(), candidate.row, candidate.token, score);
        }
    }

    /** Drops beginnings that cannot beat what is done, even if all that follows were certain. */
    private void giveUp(int example) {
        for (int row = example * search.width(); row < (example + 1) * search.width(); row++) {
            if (best[example] != null && search.score(logProbability[row], search.maxLength()) <= best[example].score) {
                logProbability[row] = Double.NEGATIVE_INFINITY;
            }
        }
    }

    /** The answers: logits and token of each place, {@code [batch, places, vocabulary + 2]}. */
    INDArray answers(DataType type) {
        int longest = Arrays.stream(best)
                .mapToInt(done -> done == null ? 1 : done.place + 1)
                .max()
                .orElse(1);
        int width = end + 2;
        double[] out = new double[batch * longest * width];
        for (int at = width - 1; at < out.length; at += width) {
            out[at] = end;
        }
        for (int example = 0; example < batch; example++) {
            if (best[example] != null) {
                write(best[example], out, example * longest * width);
            }
        }
        return Nd4j.createFromArray(out).castTo(type).reshape('c', batch, longest, width);
    }

    /** Follows a sequence back from its last token. */
    private void write(Done done, double[] out, int from) {
        int row = done.row;
        int token = done.token;
        for (int place = done.place; place >= 0; place--) {
            int to = from + place * (end + 2);
            System.arraycopy(places.get(place).logits, row * (end + 1), out, to, end + 1);
            out[to + end + 1] = token;
            if (place > 0) {
                token = places.get(place - 1).tokens[row];
                row = places.get(place - 1).parents[row];
            }
        }
    }
}
