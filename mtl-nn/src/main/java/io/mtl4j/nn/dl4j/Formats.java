package io.mtl4j.nn.dl4j;

import io.mtl4j.nn.layer.Shape;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutionalFlat;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's types of input and this library's shapes: which stands for which, and how arrays turn into each other. */
final class Formats {

    private Formats() {}

    /**
     * {@return the shape that a type of input stands for}
     *
     * @throws IllegalArgumentException if there is none
     */
    static Shape shape(InputType type, String layer) {
        if (type instanceof InputTypeConvolutional image) {
            return image(image.getChannels(), image.getHeight(), image.getWidth());
        }
        if (type instanceof InputTypeConvolutionalFlat image) {
            return image(image.getDepth(), image.getHeight(), image.getWidth());
        }
        if (type instanceof InputTypeRecurrent sequence) {
            return Shape.sequence(Math.toIntExact(sequence.getSize()));
        }
        if (type != null && type.getType() == InputType.Type.FF) {
            return Shape.vector(Math.toIntExact(type.arrayElementsPerExample()));
        }
        throw new IllegalArgumentException("layer \"" + layer + "\": input type " + type
                + "; the layers of this library take vectors, pictures and sequences");
    }

    private static Shape image(long channels, long height, long width) {
        return Shape.image(Math.toIntExact(channels), Math.toIntExact(height), Math.toIntExact(width));
    }

    /** {@return whether a type of input has the channels or features as the last dimension} */
    static boolean channelsLast(InputType type) {
        return (type instanceof InputTypeConvolutional image && image.getFormat() == CNN2DFormat.NHWC)
                || (type instanceof InputTypeRecurrent sequence && sequence.getFormat() == RNNFormat.NWC);
    }

    /** {@return the type of an output, with the order of dimensions and the number of time steps of the input} */
    static InputType type(Shape shape, InputType input) {
        boolean last = channelsLast(input);
        if (shape instanceof Shape.Image image) {
            return InputType.convolutional(
                    image.height(), image.width(), image.channels(), last ? CNN2DFormat.NHWC : CNN2DFormat.NCHW);
        }
        if (shape instanceof Shape.Sequence sequence) {
            long time = input instanceof InputTypeRecurrent recurrent ? recurrent.getTimeSeriesLength() : -1;
            return InputType.recurrent(sequence.features(), time, last ? RNNFormat.NWC : RNNFormat.NCW);
        }
        return InputType.feedForward(shape.dimensions()[0]);
    }

    /** {@return a batch in this library's order of dimensions, contiguous and in C order; the batch itself if it is that} */
    static INDArray toLayer(INDArray batch, Shape shape, boolean channelsLast, DataType type) {
        INDArray cast = batch.castTo(type);
        INDArray x = shape instanceof Shape.Tokens
                ? cast.reshape(cast.size(0), cast.length() / cast.size(0))
                : permuted(cast, shape, channelsLast, true);
        boolean plain = x.ordering() == 'c' && org.nd4j.linalg.api.shape.Shape.hasDefaultStridesForShape(x);
        return plain ? x : x.dup('c');
    }

    /** {@return a batch in DL4J's order of dimensions: the batch itself or a view} */
    static INDArray fromLayer(INDArray batch, Shape shape, boolean channelsLast) {
        return permuted(batch, shape, channelsLast, false);
    }

    private static INDArray permuted(INDArray batch, Shape shape, boolean channelsLast, boolean toLayer) {
        if (shape instanceof Shape.Sequence && !channelsLast) {
            return batch.permute(0, 2, 1);
        }
        if (shape instanceof Shape.Image && channelsLast) {
            return toLayer ? batch.permute(0, 3, 1, 2) : batch.permute(0, 2, 3, 1);
        }
        return batch;
    }
}
