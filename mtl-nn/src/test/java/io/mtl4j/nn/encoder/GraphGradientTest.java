package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Shape;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Finite differences of graphs; each check also shows that a second backward pass gives what the first gave. */
class GraphGradientTest {

    @Test
    void gradientsOfDenseGraphsMatchFiniteDifferences() {
        GradientCheck.check(Encoders.graph(Graphs.dense()), Shape.vector(4), 5, 4);
    }

    @Test
    void gradientsOfBranchingGraphsMatchFiniteDifferences() {
        GradientCheck.check(Encoders.graph(Graphs.branches()), Shape.vector(4), 5, 4);
    }

    @Test
    void gradientsOfConvolutionalGraphsMatchFiniteDifferences() {
        GradientCheck.check(Encoders.graph(Graphs.conv()), Shape.image(2, 6, 6), 3, 2, 6, 6);
    }

    @Test
    void gradientsOfRecurrentGraphsMatchFiniteDifferences() {
        GradientCheck.check(Encoders.graph(Graphs.lstm()), Shape.sequence(3), 3, 5, 3);
        GradientCheck.check(Encoders.graph(Graphs.lastStep()), Shape.sequence(3), 3, 5, 3);
    }

    @Test
    void gradientsOfMaskedSequencesMatchFiniteDifferences() {
        INDArray x = GradientCheck.array(GradientCheck.random(4), 1, 2, 4, 3);
        INDArray mask = Nd4j.createFromArray(new double[][] {{1, 1, 0, 0}, {1, 1, 1, 1}})
                .castTo(DataType.DOUBLE);
        GradientCheck.check(Encoders.graph(Graphs.lastStep()), Shape.sequence(3), x, mask);
    }

    @Test
    void gradientsOfTokenGraphsMatchFiniteDifferences() {
        INDArray ids = Nd4j.createFromArray(new double[][] {{1, 2, 0, 6}, {3, 3, 5, 1}});
        GradientCheck.checkParameters(Encoders.graph(Graphs.pooledTokens()), Shape.tokens(7), ids, null);
    }

    @Test
    void gradientsThroughDropoutAndBatchNormalizationMatchFiniteDifferencesInEveryBackwardPass() {
        GradientCheck.check(Encoders.graph(Graphs.dropout()), Shape.vector(4), 5, 4);
        GradientCheck.check(Encoders.graph(Graphs.batchNorm()), Shape.image(2, 4, 4), 3, 2, 4, 4);
    }
}
