package io.mtl4j.nn.semi;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;

/**
 * The labels of a task for all examples of a source.
 *
 * @param task the task
 * @param rows {@code [examples][width]}; NaN where a label is missing; the width is 1 for class numbers, and the number of
 *     outputs for probabilities of classes and for labels of other kinds
 */
record LabelTable(Task task, float[][] rows) {

    /** No labels. */
    static LabelTable empty(Task task, int examples) {
        return new LabelTable(task, empty(examples, task.kind() == TaskKind.MULTI_CLASS ? 1 : task.outputs()));
    }

    static float[][] empty(int examples, int width) {
        float[][] rows = new float[examples][width];
        Arrays.stream(rows).forEach(row -> Arrays.fill(row, Float.NaN));
        return rows;
    }

    /** Whether an example's label, or its c-th, is missing. */
    boolean missing(int example, int c) {
        return Float.isNaN(rows[example][Math.min(c, rows[example].length - 1)]);
    }

    /** These labels, and others where these are missing. Class numbers become probabilities if either are. */
    LabelTable with(LabelTable others) {
        int width = rows.length == 0 ? 0 : Math.max(width(), others.width());
        float[][] mine = widened(width);
        float[][] theirs = others.widened(width);
        for (int i = 0; i < mine.length; i++) {
            for (int c = 0; c < width; c++) {
                mine[i][c] = Float.isNaN(mine[i][c]) ? theirs[i][c] : mine[i][c];
            }
        }
        return new LabelTable(task, mine);
    }

    /** These labels without those on which others say something else. */
    LabelTable withoutConflicts(LabelTable others) {
        float[][] agreed = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            agreed[i] = rows[i].clone();
            for (int c = 0; c < agreed[i].length; c++) {
                float other = others.rows[i][c];
                if (!Float.isNaN(other) && other != agreed[i][c]) {
                    agreed[i][c] = Float.NaN;
                }
            }
        }
        return new LabelTable(task, agreed);
    }

    /** The number of labels that are there. */
    int count() {
        int count = 0;
        for (float[] row : rows) {
            for (float label : row) {
                count += Float.isNaN(label) ? 0 : 1;
            }
        }
        return count;
    }

    private int width() {
        return rows[0].length;
    }

    /** A copy; class numbers become probabilities if there is room for them. */
    private float[][] widened(int width) {
        float[][] wide = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            wide[i] = rows[i].length == width ? rows[i].clone() : oneHot(rows[i][0], width);
        }
        return wide;
    }

    private static float[] oneHot(float number, int classes) {
        float[] row = new float[classes];
        if (Float.isNaN(number)) {
            Arrays.fill(row, Float.NaN);
        } else {
            row[(int) number] = 1;
        }
        return row;
    }
}
