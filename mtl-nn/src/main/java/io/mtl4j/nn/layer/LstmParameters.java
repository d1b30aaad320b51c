package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.LstmWeights;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The parameters of one direction of an {@link Lstm}. */
record LstmParameters(Parameter input, Parameter recurrent, Parameter bias) {

    static LstmParameters bind(int features, int units, Initializer initializer, Binder binder) {
        return new LstmParameters(
                binder.weight("W", initializer, features, units, features, 4L * units),
                binder.weight("R", initializer, units, units, units, 4L * units),
                binder.bias("b", seed -> openForgetGates(units), 4L * units));
    }

    private static INDArray openForgetGates(int units) {
        INDArray bias = Nd4j.zeros(DataType.DOUBLE, 4L * units);
        bias.get(NDArrayIndex.interval(units, 2L * units)).assign(1);
        return bias;
    }

    long units() {
        return recurrent.shape()[0];
    }

    LstmWeights values(Pass pass) {
        return new LstmWeights(pass.value(input), pass.value(recurrent), pass.value(bias));
    }

    LstmWeights gradients(Pass pass) {
        return new LstmWeights(pass.gradient(input), pass.gradient(recurrent), pass.gradient(bias));
    }
}
