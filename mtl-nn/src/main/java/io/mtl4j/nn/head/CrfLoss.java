package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The negative log-likelihood of a linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001). With the
 * score s(y) of a path of tags that {@link CrfScores} describes, a sequence's loss is {@code log Σ_y exp s(y) - log Σ_{y that
 * agrees with the tags given} exp s(y)}. Where all tags are given, the second sum has one path, and this is the usual {@code log
 * Z - s(y)}; over tags that are missing it sums, as the likelihood of the tags that are there asks for (Tsuboi et al., COLING
 * 2008, equation 3).
 *
 * <p>The value is the mean over the sequences with at least one tag. It grows with their length: a sequence is one example. The
 * gradient is the difference of the expected uses of each score over all paths and over those that agree. All sums are in
 * double precision.
 *
 * <p>Logits are {@code [batch, C + 2 + time, C]} as {@link CrfScores} gives them, labels tag numbers {@code [batch, time]}.
 */
public record CrfLoss() implements LossFunction {

    @Override
    public String name() {
        return "crf";
    }

    @Override
    public void checkFits(Task task) {
        Fit.kinds(task, this, TaskKind.TAGGING);
    }

    @Override
    public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
        CrfChain[] chains = CrfChain.of(logits);
        int tags = chains[0].tags();
        int time = chains[0].time();
        if (labels.length() != (long) chains.length * time) {
            throw new IllegalArgumentException("labels of shape " + Arrays.toString(labels.shape()) + " for "
                    + chains.length + " sequences of " + time + " steps; give one tag number for each step");
        }
        int[] given = given(HeapArray.read(labels), LabelMask.of(mask, chains.length, time), tags);
        double[] gradient = new double[(int) logits.length()];
        double sum = 0;
        long count = 0;
        for (int example = 0; example < chains.length; example++) {
            int[] own = Arrays.copyOfRange(given, example * time, (example + 1) * time);
            if (Arrays.stream(own).anyMatch(tag -> tag >= 0)) {
                CrfSums all = CrfSums.overAll(chains[example]);
                CrfSums agreeing = new CrfSums(chains[example], own);
                all.addGradient(1, gradient);
                agreeing.addGradient(-1, gradient);
                sum += Math.max(0, all.value() - agreeing.value()); // rounding can make it slightly less
                count++;
            }
        }
        for (int i = 0; count > 1 && i < gradient.length; i++) {
            gradient[i] /= count;
        }
        return new Result(sum / count, HeapArray.like(logits, gradient), count);
    }

    /** The tags as whole numbers, -1 where one is missing. */
    private static int[] given(double[] labels, LabelMask there, int tags) {
        int[] given = new int[labels.length];
        for (int i = 0; i < given.length; i++) {
            given[i] = there.at(i) ? (int) labels[i] : -1;
            if (there.at(i) && !(labels[i] >= 0 && labels[i] < tags && labels[i] == given[i])) {
                throw new IllegalArgumentException(
                        "label " + labels[i] + " in row " + i + "; tags are 0 to " + (tags - 1));
            }
        }
        return given;
    }
}
