package io.mtl4j.nn.head;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Real values for each pixel of a picture, such as depth. Labels are {@code [batch, outputs, height, width]}, or {@code [batch,
 * height, width]} if there is one output; each may be missing by itself, as NaN or by a mask of the labels' shape or {@code
 * [batch]}. Outputs are {@code [batch, outputs, height, width]}, and an answer has a row of values for each pixel, row by row.
 *
 * @param decoder the layers that bring the representation, a picture, to the labels' size
 */
public record PixelValueFormat(List<LayerSpec> decoder) implements PixelFormat {

    /** Copies the list. */
    public PixelValueFormat {
        decoder = List.copyOf(decoder);
    }

    @Override
    public PixelValueFormat decoder(List<LayerSpec> layers) {
        return new PixelValueFormat(layers);
    }

    @Override
    public TaskKind kind() {
        return TaskKind.PIXEL_REGRESSION;
    }

    @Override
    public void checkLabels(Task task, INDArray labels, INDArray mask, long batch) {
        PixelFormat.checkShape(task, labels, task.outputs(), batch);
        LabelCheck.mask(task, mask, labels.shape());
        LabelMask there = LabelMask.of(mask, labels.shape());
        double[] values = HeapArray.read(labels);
        for (int i = 0; i < values.length; i++) {
            if (there.at(i) && Double.isInfinite(values[i])) {
                throw new IllegalArgumentException("task \"" + task.name() + "\": label " + values[i] + " at "
                        + PixelFormat.place(labels.shape(), i) + "; it must be finite, or NaN if missing");
            }
        }
    }

    /** Of the shape of the logits. */
    @Override
    public INDArray effectiveMask(INDArray labels, INDArray mask, INDArray steps) {
        INDArray given = mask != null && mask.rank() == labels.rank() ? withChannels(mask) : mask;
        INDArray full = withChannels(labels);
        return LabelMask.complete(full, given, null, full.shape());
    }

    private static INDArray withChannels(INDArray pictures) {
        return pictures.rank() == 4
                ? pictures
                : pictures.reshape(pictures.size(0), 1, pictures.size(1), pictures.size(2));
    }

    @Override
    public LossFunction adapt(LossFunction loss) {
        return new PixelValueLoss(loss);
    }

    /** A loss on single values, where labels may be without channels. */
    private record PixelValueLoss(LossFunction loss) implements LossFunction {

        @Override
        public String name() {
            return loss.name();
        }

        @Override
        public void checkFits(Task task) {
            loss.checkFits(task);
        }

        @Override
        public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
            PixelLoss.checkSize(logits, labels);
            return loss.evaluate(logits, withChannels(labels), mask);
        }
    }

    @Override
    public INDArray activate(INDArray logits) {
        return logits.dup();
    }

    @Override
    public void score(TaskMetrics metrics, INDArray outputs, INDArray labels, INDArray mask) {
        INDArray rows = PixelFormat.channelsLast(withChannels(labels));
        INDArray there = mask == null || mask.rank() < 4 ? mask : PixelFormat.channelsLast(mask);
        Scoring.add(metrics, PixelFormat.channelsLast(outputs), rows, there);
    }

    @Override
    public List<TaskPrediction> decode(Task task, INDArray outputs, INDArray steps) {
        return OutputRows.byExample(PixelFormat.channelsLast(outputs), null).stream()
                .map(pixels -> new TaskPrediction(task, List.of(), pixels))
                .toList();
    }
}
