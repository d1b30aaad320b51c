package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One of several layers of the same form, each with parameters of its own.
 *
 * @param layer the layer
 * @param input the number of the input that it reads, among those of its level
 */
record Expert(Layer layer, int input) {

    INDArray forward(INDArray[] inputs, Pass pass) {
        return ImageLayout.plain(layer.forward(inputs[input], pass));
    }
}
