package io.mtl4j.nn.encoder;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J graphs for tests, of double precision, smooth where a difference is taken. */
final class Graphs {

    private Graphs() {}

    static GraphBuilder builder() {
        return new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(3)
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("in");
    }

    static DenseLayer dense(int units) {
        return new DenseLayer.Builder().nOut(units).build();
    }

    static ComputationGraphConfiguration dense() {
        return builder()
                .addLayer("first", dense(5), "in")
                .addLayer("second", dense(3), "first")
                .setOutputs("second")
                .setInputTypes(InputType.feedForward(4))
                .build();
    }

    /** Two paths that part and meet, and every vertex that counts as plain. */
    static ComputationGraphConfiguration branches() {
        return builder()
                .addLayer("left", dense(4), "in")
                .addLayer("right", dense(4), "in")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "left", "right")
                .addVertex("product", new ElementWiseVertex(ElementWiseVertex.Op.Product), "sum", "right")
                .addVertex("norm", new L2NormalizeVertex(), "sum")
                .addVertex("scale", new ScaleVertex(0.5), "norm")
                .addVertex("shift", new ShiftVertex(0.5), "scale")
                .addVertex("merge", new MergeVertex(), "product", "shift", "left")
                .addVertex("subset", new SubsetVertex(2, 9), "merge")
                .addLayer("act", new ActivationLayer(Activation.SIGMOID), "subset")
                .addLayer("out", dense(3), "act")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(4))
                .build();
    }

    static ComputationGraphConfiguration conv() {
        return builder()
                .addLayer("pad", new ZeroPaddingLayer(1, 1), "in")
                .addLayer("conv", new ConvolutionLayer.Builder(3, 3).nOut(3).build(), "pad")
                .addLayer(
                        "pool",
                        new SubsamplingLayer.Builder(
                                        SubsamplingLayer.PoolingType.AVG, new int[] {2, 2}, new int[] {2, 2})
                                .build(),
                        "conv")
                .addLayer(
                        "conv2",
                        new ConvolutionLayer.Builder(2, 2)
                                .nOut(2)
                                .convolutionMode(ConvolutionMode.Same)
                                .build(),
                        "pool")
                .addLayer("fc", dense(4), "conv2")
                .setOutputs("fc")
                .setInputTypes(InputType.convolutional(6, 6, 2))
                .build();
    }

    /** A sequence in, a sequence out. */
    static ComputationGraphConfiguration lstm() {
        return builder()
                .addLayer("lstm", new LSTM.Builder().nOut(4).build(), "in")
                .addLayer("rnn", new SimpleRnn.Builder().nOut(3).build(), "lstm")
                .setOutputs("rnn")
                .setInputTypes(InputType.recurrent(3))
                .build();
    }

    static ComputationGraphConfiguration lastStep() {
        return builder()
                .addLayer("lstm", new LSTM.Builder().nOut(4).build(), "in")
                .addVertex("last", new LastTimeStepVertex("in"), "lstm")
                .addLayer("fc", dense(3), "last")
                .setOutputs("fc")
                .setInputTypes(InputType.recurrent(3))
                .build();
    }

    static ComputationGraphConfiguration pooledTokens() {
        return builder()
                .addLayer(
                        "embed",
                        new EmbeddingSequenceLayer.Builder().nIn(7).nOut(3).build(),
                        "in")
                .addLayer("lstm", new LSTM.Builder().nOut(4).build(), "embed")
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "lstm")
                .setOutputs("pool")
                .build();
    }

    static ComputationGraphConfiguration batchNorm() {
        return builder()
                .addLayer("conv", new ConvolutionLayer.Builder(3, 3).nOut(3).build(), "in")
                .addLayer("bn", new BatchNormalization.Builder().build(), "conv")
                .addLayer("fc", dense(4), "bn")
                .setOutputs("fc")
                .setInputTypes(InputType.convolutional(4, 4, 2))
                .build();
    }

    static ComputationGraphConfiguration dropout() {
        return builder()
                .addLayer("first", dense(6), "in")
                .addLayer(
                        "second", new DenseLayer.Builder().nOut(5).dropOut(0.5).build(), "first")
                .setOutputs("second")
                .setInputTypes(InputType.feedForward(4))
                .build();
    }

    /** A classifier with a loss, as people train them. */
    static ComputationGraphConfiguration classifier() {
        return builder()
                .addLayer("first", dense(6), "in")
                .addLayer("features", dense(5), "first")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "features")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(4))
                .build();
    }
}
