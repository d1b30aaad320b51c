package io.mtl4j.nn.report;

import java.util.ArrayList;
import java.util.List;

/** Which cosines between tasks' gradients are drawn: of each pair for few tasks, of each task with the mean of the others for many. */
final class Cosines {

    /** With more tasks there are too many pairs to tell them apart. */
    private static final int PAIRS_UP_TO = 6;

    private Cosines() {}

    static boolean ofPairs(int tasks) {
        return tasks <= PAIRS_UP_TO;
    }

    static List<String> names(List<String> tasks) {
        if (!ofPairs(tasks.size())) {
            return tasks;
        }
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            for (int j = i + 1; j < tasks.size(); j++) {
                pairs.add(tasks.get(i) + " / " + tasks.get(j));
            }
        }
        return pairs;
    }

    /**
     * The numbers to draw.
     *
     * @param cosines {@code [K][K]}
     */
    static double[] shown(double[][] cosines) {
        int k = cosines.length;
        double[] shown = new double[ofPairs(k) ? k * (k - 1) / 2 : k];
        int at = 0;
        for (int i = 0; i < k; i++) {
            if (ofPairs(k)) {
                for (int j = i + 1; j < k; j++) {
                    shown[at++] = cosines[i][j];
                }
            } else {
                shown[at++] = meanWithOthers(cosines[i], i);
            }
        }
        return shown;
    }

    private static double meanWithOthers(double[] row, int own) {
        double sum = 0;
        int count = 0;
        for (int j = 0; j < row.length; j++) {
            if (j != own && !Double.isNaN(row[j])) {
                sum += row[j];
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
