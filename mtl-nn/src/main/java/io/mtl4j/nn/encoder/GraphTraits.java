package io.mtl4j.nn.encoder;

import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;

/**
 * What is known of the layers of a graph. A graph is plain if all of its layers are deterministic, compute the same in
 * training and prediction, and leave what a forward pass kept as it was when they run backward. DL4J's dropout and batch
 * normalisation, for example, overwrite it; graphs with such layers run forward again before each further backward pass.
 *
 * @param plain whether that holds for all layers; only where it was tested does it count as holding
 */
record GraphTraits(boolean plain) {

    private static final Set<Class<?>> PLAIN_LAYERS = Set.of(
            ActivationLayer.class,
            ConvolutionLayer.class,
            DenseLayer.class,
            EmbeddingSequenceLayer.class,
            GlobalPoolingLayer.class,
            LSTM.class,
            SimpleRnn.class,
            SubsamplingLayer.class,
            ZeroPaddingLayer.class);

    private static final Set<Class<?>> PLAIN_VERTICES = Set.of(
            ElementWiseVertex.class,
            L2NormalizeVertex.class,
            LastTimeStepVertex.class,
            MergeVertex.class,
            PreprocessorVertex.class,
            ScaleVertex.class,
            ShiftVertex.class,
            SubsetVertex.class);

    static GraphTraits of(ComputationGraphConfiguration graph) {
        return new GraphTraits(graph.getVertices().values().stream().allMatch(GraphTraits::isPlain));
    }

    private static boolean isPlain(GraphVertex vertex) {
        return vertex instanceof LayerVertex layer
                ? isPlain(layer.getLayerConf().getLayer())
                : PLAIN_VERTICES.contains(vertex.getClass());
    }

    private static boolean isPlain(Layer layer) {
        boolean noisy =
                layer.getIDropout() != null || (layer instanceof BaseLayer base && base.getWeightNoise() != null);
        return !noisy && PLAIN_LAYERS.contains(layer.getClass());
    }
}
