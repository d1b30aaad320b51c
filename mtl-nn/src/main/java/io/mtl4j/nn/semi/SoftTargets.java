package io.mtl4j.nn.semi;

import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.Head;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes a teacher's answers into the labels of a batch. A row of labels y becomes {@code (1 - w) y + w q} with the teacher's
 * probabilities or values q, and q alone where y is missing.
 *
 * @param weight w, from 0 to 1
 * @param share the part of the examples without labels that are taught, from 0 to 1, the first of the batch
 * @param confidence where a label is missing, the least probability that the teacher's answer must have
 */
record SoftTargets(double weight, double share, double confidence) {

    private static final double HALF = 0.5;

    SourceBatch apply(List<Head> heads, SourceBatch batch, Map<String, INDArray> answers) {
        Map<String, INDArray> labels = new HashMap<>(batch.labels());
        Map<String, INDArray> masks = new HashMap<>(batch.labelMasks());
        for (Head head : heads) {
            String task = head.task().name();
            INDArray answer = answers.get(task);
            if (answer != null && possible(head.task(), answer)) {
                labels.put(task, targets(head.task(), labels.get(task), masks.remove(task), answer));
            }
        }
        return batch.withLabels(labels, masks);
    }

    /** Outputs with more than a probability a class, such as a CRF's, are nothing that a head could learn. */
    private static boolean possible(Task task, INDArray answer) {
        return task.kind() != TaskKind.CUSTOM && answer.size(-1) == task.outputs();
    }

    private INDArray targets(Task task, INDArray labels, INDArray mask, INDArray answer) {
        boolean choice = task.kind() == TaskKind.MULTI_CLASS || task.kind() == TaskKind.TAGGING;
        int width = choice ? task.outputs() : 1;
        double[] q = answer.dup('c').data().asDouble();
        double[] y = labels == null ? missing(q.length) : spread(labels, mask, q.length, width);
        boolean[] taught = taught(y, (int) answer.size(0));
        int each = q.length / taught.length;
        for (int at = 0; at < q.length; at += width) {
            if (Double.isNaN(y[at])) {
                boolean write = taught[at / each] && sure(task, q, at, width);
                write(q, y, at, width, write ? 1 : 0);
            } else {
                write(q, y, at, width, weight);
            }
        }
        return Nd4j.create(y, answer.shape(), answer.dataType());
    }

    private static void write(double[] q, double[] y, int from, int width, double weight) {
        double sum = 0;
        for (int i = from; i < from + width; i++) {
            sum += width > 1 ? q[i] : 1;
        }
        for (int i = from; i < from + width && weight > 0; i++) {
            double target = width > 1 ? q[i] / sum : q[i];
            y[i] = weight == 1 ? target : (1 - weight) * y[i] + weight * target;
        }
    }

    private boolean sure(Task task, double[] q, int from, int width) {
        if (task.kind() == TaskKind.REGRESSION) {
            return true; // values have no confidence
        }
        double p =
                width > 1 ? Arrays.stream(q, from, from + width).max().orElseThrow() : Math.abs(q[from] - HALF) + HALF;
        return p >= confidence;
    }

    /** The first so many of the examples that lack a label. */
    private boolean[] taught(double[] y, int batch) {
        int each = y.length / batch;
        boolean[] lacks = new boolean[batch];
        int count = 0;
        for (int i = 0; i < y.length; i++) {
            count += Double.isNaN(y[i]) && !lacks[i / each] ? 1 : 0;
            lacks[i / each] |= Double.isNaN(y[i]);
        }
        long left = Math.round(share * count);
        for (int i = 0; i < batch; i++) {
            lacks[i] &= left > 0;
            left -= lacks[i] ? 1 : 0;
        }
        return lacks;
    }

    private static double[] missing(int length) {
        double[] all = new double[length];
        Arrays.fill(all, Double.NaN);
        return all;
    }

    /** Labels in the shape of the answers, class numbers as probabilities, NaN where the mask has 0. */
    private static double[] spread(INDArray labels, INDArray mask, int length, int width) {
        double[] given = labels.dup('c').data().asDouble();
        double[] spread = given.length == length ? given.clone() : new double[length];
        for (int row = 0; given.length != length && row < given.length; row++) {
            if (Double.isNaN(given[row])) {
                Arrays.fill(spread, row * width, (row + 1) * width, Double.NaN);
            } else {
                spread[row * width + (int) given[row]] = 1;
            }
        }
        double[] there = mask == null ? new double[0] : mask.dup('c').data().asDouble();
        for (int i = 0; there.length > 0 && i < length; i++) {
            spread[i] = there[i / (length / there.length)] == 0 ? Double.NaN : spread[i];
        }
        return spread;
    }
}
