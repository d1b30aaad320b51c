package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class LstmAgainstDl4jTest {

    /** DL4J's gates are: candidate, forget, output, input. Ours are: input, forget, candidate, output. */
    private static final int[] OURS = {2, 1, 3, 0};

    private static final int UNITS = 4;

    @ParameterizedTest
    @CsvSource({"FLOAT, 1e-5", "DOUBLE, 1e-12"})
    void outputsAndInputGradientsEqualThoseOfDl4j(DataType type, double tolerance) {
        INDArray x = GradientCheck.array(GradientCheck.random(1), 1, 3, 6, 5).castTo(type);
        LayerRun run = new LayerRun(new Lstm(UNITS), Shape.sequence(5), type);
        INDArray gradient =
                GradientCheck.array(GradientCheck.random(2), 1, 3, 6, UNITS).castTo(type);
        INDArray y = run.forward(x, null);
        INDArray dx = run.backward(gradient);

        MultiLayerNetwork stock = stock(type);
        stock.setParam("0_W", reordered(run.value("W")));
        stock.setParam("0_RW", reordered(run.value("R")));
        stock.setParam("0_b", reordered(run.value("b").reshape(1, 4L * UNITS)));
        stock.setInput(x.permute(0, 2, 1).dup());
        INDArray theirs = stock.feedForward(true, false).get(1).permute(0, 2, 1);
        INDArray theirGradient = stock.backpropGradient(
                        gradient.permute(0, 2, 1).dup(), null)
                .getSecond()
                .permute(0, 2, 1);
        assertEquals(0, y.sub(theirs).normmaxNumber().doubleValue(), tolerance);
        assertEquals(0, dx.sub(theirGradient).normmaxNumber().doubleValue(), tolerance);
    }

    private static MultiLayerNetwork stock(DataType type) {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .dataType(type)
                .list()
                .layer(new LSTM.Builder()
                        .nIn(5)
                        .nOut(UNITS)
                        .activation(Activation.TANH)
                        .gateActivationFunction(Activation.SIGMOID)
                        .build())
                .setInputType(InputType.recurrent(5))
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    private static INDArray reordered(INDArray columns) {
        INDArray out = columns.ulike();
        for (int k = 0; k < OURS.length; k++) {
            block(out, k).assign(block(columns, OURS[k]));
        }
        return out;
    }

    private static INDArray block(INDArray columns, int k) {
        return columns.get(NDArrayIndex.all(), NDArrayIndex.interval(k * UNITS, (k + 1) * UNITS));
    }
}
