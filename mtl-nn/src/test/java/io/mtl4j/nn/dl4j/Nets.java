package io.mtl4j.nn.dl4j;

import io.mtl4j.nn.layer.GradientCheck;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;

/** Graphs of layers behind each other that end in a classifier, and data for them. */
final class Nets {

    static final int CLASSES = 3;

    private Nets() {}

    static NeuralNetConfiguration.Builder defaults(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(11)
                .dataType(DataType.DOUBLE)
                .updater(updater);
    }

    static ComputationGraph classifier(
            NeuralNetConfiguration.Builder defaults, WorkspaceMode mode, InputType type, Layer... layers) {
        var builder = defaults.trainingWorkspaceMode(mode)
                .inferenceWorkspaceMode(mode)
                .graphBuilder()
                .addInputs("in");
        String last = "in";
        InputType current = type;
        for (int i = 0; i < layers.length; i++) {
            builder.addLayer("layer" + i, layers[i], last);
            last = "layer" + i;
            layers[i].setNIn(current, true);
            current = layers[i].getOutputType(i, current);
        }
        boolean sequence = current.getType() == InputType.Type.RNN;
        BaseOutputLayer.Builder<?> output = sequence ? new RnnOutputLayer.Builder() : new OutputLayer.Builder();
        output.nOut(CLASSES).activation(Activation.SOFTMAX);
        ComputationGraph graph = new ComputationGraph(builder.addLayer("out", output.build(), last)
                .setOutputs("out")
                .setInputTypes(type)
                .build());
        graph.init();
        return graph;
    }

    static INDArray normal(long seed, long... shape) {
        return GradientCheck.array(GradientCheck.random(seed), 1, shape);
    }

    /** Examples of random classes. */
    static DataSet batch(ComputationGraph graph, INDArray x) {
        RandomGenerator random = GradientCheck.random(5);
        INDArray y = graph.outputSingle(x);
        y.assign(0);
        for (int example = 0; example < y.size(0); example++) {
            int label = random.nextInt(CLASSES);
            for (int t = 0; y.rank() == 3 && t < y.size(2); t++) {
                y.putScalar(example, label, t, 1);
            }
            if (y.rank() == 2) {
                y.putScalar(example, label, 1);
            }
        }
        return new DataSet(x, y);
    }
}
