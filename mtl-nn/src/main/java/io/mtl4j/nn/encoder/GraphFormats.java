package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Shape;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.util.Convolution1DUtils;
import org.deeplearning4j.util.ConvolutionUtils;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Shapes of this library and DL4J's types of input: which stands for which, and how arrays turn into each other. */
final class GraphFormats {

    private static final int[] NO_CHANGE = {};

    private GraphFormats() {}

    /** {@return what a graph calls an input of a shape, in the order of dimensions that its first layer is set to} */
    static InputType inputType(Shape shape, ComputationGraphConfiguration graph) {
        return switch (kind(shape)) {
            case VECTOR -> InputType.feedForward(shape.dimensions()[0]);
            case IMAGE -> {
                Shape.Image image = (Shape.Image) shape;
                CNN2DFormat format = channelsLast(graph) ? CNN2DFormat.NHWC : CNN2DFormat.NCHW;
                yield InputType.convolutional(image.height(), image.width(), image.channels(), format);
            }
            case SEQUENCE ->
                InputType.recurrent(
                        ((Shape.Sequence) shape).features(), featuresLast(graph) ? RNNFormat.NWC : RNNFormat.NCW);
            case TOKENS ->
                InputType.recurrent(((Shape.Tokens) shape).vocabulary()); // as an embedding counts its inputs
        };
    }

    private enum Kind {
        VECTOR,
        IMAGE,
        SEQUENCE,
        TOKENS
    }

    private static Kind kind(Shape shape) {
        if (shape instanceof Shape.Vector) {
            return Kind.VECTOR;
        }
        if (shape instanceof Shape.Image) {
            return Kind.IMAGE;
        }
        return shape instanceof Shape.Sequence ? Kind.SEQUENCE : Kind.TOKENS;
    }

    private static boolean channelsLast(ComputationGraphConfiguration graph) {
        return firstLayers(graph).anyMatch(GraphFormats::channelsLast);
    }

    /** DL4J's own check of whether a layer has an order of dimensions overlooks convolutions and pooling. */
    private static boolean channelsLast(Layer layer) {
        boolean hasFormat = layer instanceof ConvolutionLayer
                || layer instanceof SubsamplingLayer
                || ConvolutionUtils.layerHasConvolutionLayout(layer);
        boolean oneDimension = Convolution1DUtils.hasRnnDataFormat(layer);
        return hasFormat && !oneDimension && ConvolutionUtils.getFormatForLayer(layer) == CNN2DFormat.NHWC;
    }

    private static boolean featuresLast(ComputationGraphConfiguration graph) {
        return firstLayers(graph)
                .anyMatch(layer -> Convolution1DUtils.hasRnnDataFormat(layer)
                        && Convolution1DUtils.getRnnFormatFromLayer(layer) == RNNFormat.NWC);
    }

    private static Stream<Layer> firstLayers(ComputationGraphConfiguration graph) {
        String input = graph.getNetworkInputs().get(0);
        return graph.getVertexInputs().entrySet().stream()
                .filter(e -> e.getValue().contains(input))
                .map(e -> graph.getVertices().get(e.getKey()))
                .filter(LayerVertex.class::isInstance)
                .map(v -> ((LayerVertex) v).getLayerConf().getLayer());
    }

    /**
     * {@return the shape that a type of activation stands for}
     *
     * @throws IllegalArgumentException if there is none
     */
    static Shape shape(InputType type, String vertex) {
        if (type instanceof InputTypeConvolutional image) {
            return Shape.image(
                    Math.toIntExact(image.getChannels()),
                    Math.toIntExact(image.getHeight()),
                    Math.toIntExact(image.getWidth()));
        }
        if (type instanceof InputTypeRecurrent sequence) {
            return Shape.sequence(Math.toIntExact(sequence.getSize()));
        }
        if (type.getType() == InputType.Type.FF || type.getType() == InputType.Type.CNNFlat) {
            return Shape.vector(Math.toIntExact(type.arrayElementsPerExample()));
        }
        throw new IllegalArgumentException("graph: vertex \"" + vertex + "\" gives " + type
                + "; an encoder gives a vector, a picture or a sequence");
    }

    /** {@return a batch in the graph's order of dimensions, contiguous} */
    static INDArray toGraph(INDArray batch, InputType type) {
        if (type instanceof InputTypeRecurrent && batch.rank() == 2) {
            return batch.reshape('c', batch.size(0), 1L, batch.size(1)); // tokens
        }
        int[] order = order(type, true);
        return order.length == 0 ? batch : batch.permute(order).dup('c');
    }

    /** {@return a batch in this library's order of dimensions, contiguous and in C order} */
    static INDArray fromGraph(INDArray batch, InputType type) {
        int[] order = order(type, false);
        return order.length == 0 ? batch.dup('c') : batch.permute(order).dup('c');
    }

    private static int[] order(InputType type, boolean toGraph) {
        if (type instanceof InputTypeRecurrent sequence && sequence.getFormat() == RNNFormat.NCW) {
            return new int[] {0, 2, 1};
        }
        if (type instanceof InputTypeConvolutional image && image.getFormat() == CNN2DFormat.NHWC) {
            return toGraph ? new int[] {0, 2, 3, 1} : new int[] {0, 3, 1, 2};
        }
        return NO_CHANGE;
    }
}
