package io.mtl4j.nn.dl4j;

import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of ours and the one of DL4J that computes the same.
 *
 * @param name what it is
 * @param spec ours
 * @param stock DL4J's
 * @param type what comes in
 * @param tokens the vocabulary if token ids come in, otherwise 0
 * @param toOurs turns DL4J's parameters, or their gradients, into ours by name; what it leaves out is 0 in ours
 * @param shape shape of an input batch, in DL4J's order of dimensions
 */
record StockPair(
        String name,
        LayerSpec spec,
        Layer stock,
        InputType type,
        int tokens,
        UnaryOperator<Map<String, INDArray>> toOurs,
        long... shape) {

    MtlLayer ours() {
        return tokens == 0
                ? MtlLayer.of(spec)
                : MtlLayer.builder(spec).input(Shape.tokens(tokens)).build();
    }

    boolean sequence() {
        return type.getType() == InputType.Type.RNN;
    }

    @Override
    public String toString() {
        return name;
    }
}
