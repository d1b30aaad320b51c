package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Random;
import net.jqwik.api.Example;

class PixelMetricsTest extends TaskMetricsContract {

    @Override
    Task task() {
        return new Task("mask", TaskKind.SEGMENTATION, "cross-entropy", 3);
    }

    @Override
    double[] output(Random random) {
        return new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()};
    }

    @Override
    double[] label(Random random) {
        return new double[] {random.nextInt(3)};
    }

    private static double[][] say(int... classes) {
        double[][] rows = new double[classes.length][3];
        for (int i = 0; i < classes.length; i++) {
            rows[i][classes[i]] = 1;
        }
        return rows;
    }

    private static double[][] are(double... classes) {
        double[][] rows = new double[classes.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {classes[i]};
        }
        return rows;
    }

    @Example
    void pixelsAreCountedOverAllPicturesAndUnknownOnesNot() {
        TaskMetrics metrics = metrics();
        metrics.add(say(0, 0, 1, 1), are(0, 1, 1, Double.NaN));
        metrics.add(say(1), are(0));
        // class 0: 1 right, 1 wrongly said, 1 missed; class 1: 1, 1, 1; class 2 is nowhere
        assertEquals(1 / 3.0, metrics.value("mean-iou"), 1e-15);
        assertEquals(2 / 4.0, metrics.value("pixel-accuracy"), 1e-15);
        metrics.add(say(0), are(2));
        assertEquals((1 / 4.0 + 1 / 3.0 + 0) / 3, metrics.value("mean-iou"), 1e-15);
    }

    @Example
    void reportNamesTheClasses() {
        TaskMetrics metrics = metrics();
        metrics.add(say(0, 1), are(0, 1));
        assertEquals(
                "0: IoU 1.0000 of 1 pixels\n1: IoU 1.0000 of 1 pixels\n2: IoU NaN of 0 pixels\n"
                        + "mean IoU 1.0000, pixel accuracy 1.0000\n",
                metrics.report());
    }
}
