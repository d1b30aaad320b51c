package io.mtl4j.metric;

import static io.mtl4j.task.Direction.HIGHER_IS_BETTER;

import io.mtl4j.task.Task;
import java.util.List;
import java.util.Locale;

/**
 * Measures a task with one of C classes for each pixel: {@code mean-iou}, the mean over classes of the intersection over union
 * {@code TP / (TP + FP + FN)} of the pixels that are of the class and those that are said to be; and {@code pixel-accuracy}. Pixels
 * are counted over all pictures, and classes that neither are nor are said to be anywhere are left out, as is usual since the
 * PASCAL VOC challenge (Everingham et al., IJCV 2010, section 4.4).
 */
public final class PixelMetrics implements TaskMetrics {
    private final MultiClassMetrics pixels;

    /**
     * Creates it empty.
     *
     * @param task the task
     */
    public PixelMetrics(Task task) {
        this.pixels = new MultiClassMetrics(task, 1, false);
    }

    /**
     * Adds one picture.
     *
     * @param outputs for each pixel the model's outputs, {@code [pixels][C]}
     * @param labels for each pixel its class, {@code [pixels][1]}, or {@code [pixels][C]} one-hot; NaN where missing
     */
    @Override
    public void add(double[][] outputs, double[][] labels) {
        pixels.add(outputs, labels);
    }

    /** {@return the counts of each class so far} */
    public ClassCounts classes() {
        return pixels.classes();
    }

    private static double intersectionOverUnion(Counts counts) {
        long union = counts.truePositives() + counts.falsePositives() + counts.falseNegatives();
        return union == 0 ? Double.NaN : (double) counts.truePositives() / union;
    }

    @Override
    public List<MetricValue> values() {
        double iou = classes().macro(PixelMetrics::intersectionOverUnion);
        return List.of(
                new MetricValue("mean-iou", iou, HIGHER_IS_BETTER),
                new MetricValue("pixel-accuracy", pixels.value("accuracy"), HIGHER_IS_BETTER));
    }

    @Override
    public String report() {
        StringBuilder text = new StringBuilder();
        ClassCounts classes = classes();
        for (int c = 0; c < classes.names().size(); c++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s: IoU %.4f of %d pixels\n",
                    classes.names().get(c),
                    intersectionOverUnion(classes.counts().get(c)),
                    classes.counts().get(c).support()));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "mean IoU %.4f, pixel accuracy %.4f\n",
                        value("mean-iou"),
                        value("pixel-accuracy")))
                .toString();
    }
}
