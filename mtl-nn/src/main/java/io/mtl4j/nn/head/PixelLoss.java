package io.mtl4j.nn.head;

import io.mtl4j.task.Task;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss on rows of outputs, for logits {@code [batch, outputs, height, width]} and labels {@code [batch, height, width]}: each
 * pixel is a row.
 *
 * @param loss the loss on rows
 */
record PixelLoss(LossFunction loss) implements LossFunction {

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
        checkSize(logits, labels);
        Result rows = loss.evaluate(PixelFormat.channelsLast(logits), labels, mask);
        return new Result(rows.value(), PixelFormat.channelsFirst(rows.gradient()), rows.count());
    }

    static void checkSize(INDArray logits, INDArray labels) {
        if (height(labels) != height(logits) || labels.size(-1) != logits.size(-1)) {
            throw new IllegalArgumentException(
                    "labels of shape " + Arrays.toString(labels.shape()) + " for answers of shape "
                            + Arrays.toString(logits.shape()) + ": " + height(labels) + "x" + labels.size(-1)
                            + " pixels cannot be learned from " + height(logits) + "x" + logits.size(-1)
                            + "; add upsample(...) or transposedConv(...) to the head, or scale the labels");
        }
    }

    private static long height(INDArray pictures) {
        return pictures.size(pictures.rank() - 2);
    }
}
