package io.mtl4j.nn.data;

import io.mtl4j.internal.Require;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains on mixtures of examples: {@code x = w x_i + (1 - w) x_j} and the same of their labels, where j is a random partner
 * of i in the batch and w, one for the batch, is drawn from the distribution Beta(alpha, alpha). H. Zhang and others,
 * "mixup: Beyond Empirical Risk Minimization", 2018, figure 1a. A mixture has a label only if both examples have one.
 *
 * <p>Labels that are class numbers become rows of probabilities {@code [batch, C]}; for this, say how many classes each such
 * task has. Numbers, several yes-or-no labels, and probabilities are mixed as they are.
 *
 * @param alpha above 0: small values mix little, 1 mixes evenly; 0.1 to 0.4 are usual for pictures
 * @param classes number of classes of each task whose labels are class numbers; 0 for tasks whose labels are mixed as they
 *     are
 */
public record Mixup(double alpha, Map<String, Integer> classes) implements BatchAugmentation {

    /** Checks the values and copies the map. */
    public Mixup {
        Require.positive("mixup: alpha", alpha);
        classes = Map.copyOf(classes);
    }

    /**
     * {@return mixup that knows no tasks yet}
     *
     * @param alpha above 0
     */
    public static Mixup of(double alpha) {
        return new Mixup(alpha, Map.of());
    }

    /**
     * {@return this with a task whose labels are class numbers}
     *
     * @param task name of the task
     * @param count number of classes, at least 2
     */
    public Mixup classes(String task, int count) {
        return with(task, Require.atLeast("mixup: classes of task \"" + task + "\"", count, 2));
    }

    /**
     * {@return this with a task whose labels are numbers, to be mixed as they are}
     *
     * @param task name of the task
     */
    public Mixup values(String task) {
        return with(task, 0);
    }

    private Mixup with(String task, int count) {
        Map<String, Integer> more = new LinkedHashMap<>(classes);
        more.put(task, count);
        return new Mixup(alpha, more);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the batch has a task this does not know, or time steps
     * @throws IllegalArgumentException if a class number is out of range
     */
    @Override
    public SourceBatch apply(SourceBatch batch, RandomGenerator random) {
        if (batch.steps() != null) {
            throw new IllegalStateException(
                    "mixup: a batch with time steps; sequences of different lengths cannot be mixed");
        }
        float weight = (float) Beta.sample(alpha, random);
        int[] partners = permutation(batch.size(), random);
        Map<String, INDArray> labels = new HashMap<>();
        batch.labels().forEach((task, array) -> labels.put(task, mix(soft(task, array), partners, weight)));
        Map<String, INDArray> masks = new HashMap<>();
        batch.labelMasks().forEach((task, mask) -> masks.put(task, mask.mul(partners(mask, partners))));
        return new SourceBatch(mix(batch.features(), partners, weight), null, labels, masks);
    }

    private static INDArray mix(INDArray array, int[] partners, float weight) {
        return array.mul(weight).addi(partners(array, partners).muli(1 - weight));
    }

    /** {@return the rows of the partners, as a copy} */
    private static INDArray partners(INDArray array, int[] partners) {
        INDArray rows = array.reshape(array.size(0), -1);
        return Nd4j.pullRows(rows, 1, partners).reshape(array.shape());
    }

    private INDArray soft(String task, INDArray labels) {
        Integer count = classes.get(task);
        if (count == null) {
            throw new IllegalStateException("mixup: task \"" + task + "\" is unknown; call classes(\"" + task
                    + "\", number of classes) if its labels are class numbers, else values(\"" + task + "\")");
        }
        if (count == 0 || (labels.rank() == 2 && labels.size(1) == count)) {
            return labels;
        }
        if (labels.length() != labels.size(0)) {
            throw new IllegalArgumentException("task \"" + task + "\": labels of shape "
                    + Arrays.toString(labels.shape()) + "; mixup needs class numbers [batch] or probabilities"
                    + " [batch, " + count + "]");
        }
        float[] numbers = labels.reshape(labels.length()).toFloatVector();
        float[][] rows = new float[numbers.length][count];
        for (int i = 0; i < numbers.length; i++) {
            fill(rows[i], numbers[i], task, i);
        }
        return Nd4j.createFromArray(rows).castTo(labels.dataType());
    }

    private static void fill(float[] row, float number, String task, int example) {
        if (Float.isNaN(number)) {
            Arrays.fill(row, Float.NaN);
        } else if (number >= 0 && number < row.length && number == (int) number) {
            row[(int) number] = 1;
        } else {
            throw new IllegalArgumentException("task \"" + task + "\": label " + number + " of example " + example
                    + "; it must be a class number from 0 to " + (row.length - 1));
        }
    }

    private static int[] permutation(int size, RandomGenerator random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
