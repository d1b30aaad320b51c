package io.mtl4j.nn.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers over time, thinned: at most {@link #MOST} points, at equal distances, however long the training. When
 * they are full, every second one is left out and the distance doubles.
 */
final class ThinnedHistory {

    static final int MOST = 512;

    private final List<Point> points = new ArrayList<>();
    private long seen;
    private long distance = 1;

    /**
     * The numbers of one moment.
     *
     * @param time epochs done since training began, with fractions
     * @param values the numbers; NaN where there is none
     */
    record Point(double time, double[] values) {}

    void add(double time, double[] values) {
        if (seen++ % distance != 0) {
            return;
        }
        if (points.size() == MOST) {
            for (int i = MOST - 1; i > 0; i -= 2) {
                points.remove(i);
            }
            distance *= 2;
            if ((seen - 1) % distance != 0) {
                return;
            }
        }
        points.add(new Point(time, values.clone()));
    }

    List<Point> points() {
        return List.copyOf(points);
    }
}
