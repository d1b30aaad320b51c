package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The tasks' weights over time, thinned: at most {@link #MOST} points, at equal distances, however long the training. When
 * they are full, every second one is left out and the distance doubles.
 */
final class WeightHistory {

    static final int MOST = 512;

    private final List<Point> points = new ArrayList<>();
    private long seen;
    private long distance = 1;

    /**
     * The weights of one step.
     *
     * @param time epochs done since training began, with fractions
     * @param weights by task; NaN where there is none
     */
    record Point(double time, double[] weights) {}

    void add(TrainingEvent.StepDone step, int stepsPerEpoch) {
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
        double time = step.epoch() + (step.step() + 1.0) / stepsPerEpoch;
        points.add(new Point(time, step.weights().clone()));
    }

    List<Point> points() {
        return List.copyOf(points);
    }
}
