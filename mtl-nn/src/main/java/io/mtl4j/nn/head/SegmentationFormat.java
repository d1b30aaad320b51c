package io.mtl4j.nn.head;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One of C classes for each pixel of a picture. Labels are class numbers {@code [batch, height, width]}; a pixel with NaN is
 * missing. A mask is of that shape, or {@code [batch]} for whole pictures. Outputs {@code [batch, C, height, width]} are
 * probabilities. In an answer, {@link TaskPrediction#classes()} are the most probable classes row by row, and there is a row of
 * probabilities for each of these pixels.
 *
 * @param decoder the layers that bring the representation, a picture, to the labels' size
 */
public record SegmentationFormat(List<LayerSpec> decoder) implements PixelFormat {

    /** Copies the list. */
    public SegmentationFormat {
        decoder = List.copyOf(decoder);
    }

    @Override
    public SegmentationFormat decoder(List<LayerSpec> layers) {
        return new SegmentationFormat(layers);
    }

    @Override
    public TaskKind kind() {
        return TaskKind.SEGMENTATION;
    }

    @Override
    public LossFunction adapt(LossFunction loss) {
        return new PixelLoss(loss);
    }

    @Override
    public void checkLabels(Task task, INDArray labels, INDArray mask, long batch) {
        long[] shape = PixelFormat.checkShape(task, labels, 1, batch);
        LabelCheck.mask(task, mask, shape);
        LabelMask there = LabelMask.of(mask, shape);
        double[] values = HeapArray.read(labels);
        for (int i = 0; i < values.length; i++) {
            double y = values[i];
            if (there.at(i) && !Double.isNaN(y) && !(y >= 0 && y < task.outputs() && y == Math.rint(y))) {
                throw new IllegalArgumentException("task \"" + task.name() + "\": label " + y + " at "
                        + PixelFormat.place(shape, i) + "; classes are 0 to " + (task.outputs() - 1)
                        + ", and NaN is a pixel without label");
            }
        }
    }

    @Override
    public INDArray activate(INDArray logits) {
        return PixelFormat.channelsFirst(SoftmaxLoss.softmax(PixelFormat.channelsLast(logits)));
    }

    @Override
    public void score(TaskMetrics metrics, INDArray outputs, INDArray labels, INDArray mask) {
        Scoring.add(metrics, PixelFormat.channelsLast(outputs), labels, mask);
    }

    @Override
    public List<TaskPrediction> decode(Task task, INDArray outputs, INDArray steps) {
        return OutputRows.byExample(PixelFormat.channelsLast(outputs), null).stream()
                .map(pixels -> new TaskPrediction(
                        task, pixels.stream().map(OutputRows::argMax).toList(), pixels))
                .toList();
    }
}
