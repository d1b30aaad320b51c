package io.mtl4j.nn.head;

import io.mtl4j.nn.kernel.Copy;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the formats with an answer for each pixel have in common: logits are {@code [batch, outputs, height, width]}. */
interface PixelFormat extends AnswerFormat {

    /** The layers that bring the representation to the labels' size. */
    List<LayerSpec> decoder();

    /** This format with other such layers. */
    PixelFormat decoder(List<LayerSpec> layers);

    /** This format with one more such layer. */
    default PixelFormat then(LayerSpec layer) {
        List<LayerSpec> more = new ArrayList<>(decoder());
        more.add(layer);
        return decoder(more);
    }

    @Override
    default LayerSpec network(Task task, HeadLayers layers, Shape representation) {
        return layers.pixelNetwork(task, decoder(), representation);
    }

    /** A picture's numbers with the channels last, {@code [batch, height, width, channels]}, in a new array. */
    static INDArray channelsLast(INDArray pictures) {
        return copy(pictures.permute(0, 2, 3, 1));
    }

    /** The reverse of {@link #channelsLast}. */
    static INDArray channelsFirst(INDArray pixels) {
        return copy(pixels.permute(0, 3, 1, 2));
    }

    private static INDArray copy(INDArray view) {
        return Copy.into(view, Nd4j.createUninitialized(view.dataType(), view.shape()));
    }

    /** The shape of the pixels of labels {@code [batch, height, width]} or {@code [batch, channels, height, width]}, checked. */
    static long[] checkShape(Task task, INDArray labels, int channels, long batch) {
        long[] shape = labels.shape();
        boolean flat = shape.length == 3;
        boolean full = shape.length == 4 && shape[1] == channels;
        if (!(flat && channels == 1 || full) || shape[0] != batch) {
            String wanted = channels == 1 ? "" : channels + ", ";
            throw new IllegalArgumentException("task \"" + task.name() + "\": labels of shape " + Arrays.toString(shape)
                    + " for " + batch + " pictures; give [" + batch + ", " + wanted + "height, width]");
        }
        return flat ? shape : new long[] {shape[0], shape[2], shape[3]};
    }

    /** Where a value of a picture is, for messages. */
    static String place(long[] shape, long element) {
        long width = shape[shape.length - 1];
        long height = shape[shape.length - 2];
        long example = element / Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
        return "example " + example + ", row " + element / width % height + ", column " + element % width;
    }
}
