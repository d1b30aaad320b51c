package io.mtl4j.nn.data;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads the labels of all examples of a data source. */
public final class SourceLabels {

    private static final int BATCH = 256;

    private SourceLabels() {}

    /**
     * {@return a task's labels, {@code [examples][width]}: a class number or a value in a row of its own, several values or
     * probabilities as they are; NaN where a label is missing}
     *
     * @param source the source
     * @param task the task's name
     * @throws IllegalArgumentException if the source has no labels of the task, or they are not one row for each example
     */
    public static float[][] rows(DataSource source, String task) {
        float[][] rows = new float[source.size()][];
        int done = 0;
        for (SourceBatch batch : source.inOrder(BATCH)) {
            INDArray labels = batch.labels().get(task);
            if (labels == null) {
                throw new IllegalArgumentException("data source of input \"" + source.input()
                        + "\" has no labels of task \"" + task + "\", only of " + source.tasks());
            }
            float[][] some = rows(task, labels, batch.labelMasks().get(task));
            System.arraycopy(some, 0, rows, done, some.length);
            done += some.length;
        }
        return rows;
    }

    private static float[][] rows(String task, INDArray labels, INDArray mask) {
        if (labels.rank() < 1 || labels.rank() > 2) {
            throw new IllegalArgumentException("task \"" + task + "\": labels of shape "
                    + Arrays.toString(labels.shape()) + "; only labels of one row for each example can be read");
        }
        float[][] rows = labels.reshape(labels.size(0), -1).toFloatMatrix();
        if (mask != null) {
            float[][] there = mask.reshape(mask.size(0), -1).toFloatMatrix();
            for (int i = 0; i < rows.length; i++) {
                for (int c = 0; c < rows[i].length; c++) {
                    boolean known = there[i][there[i].length == 1 ? 0 : c] != 0;
                    rows[i][c] = known ? rows[i][c] : Float.NaN;
                }
            }
        }
        return rows;
    }
}
