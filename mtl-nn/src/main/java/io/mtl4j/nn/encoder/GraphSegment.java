package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Buffer;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A stretch of a graph's flat vector, and where the model keeps it: as a trained parameter, or as a buffer if DL4J moves it
 * by other means than gradients.
 *
 * @param from where it begins in the flat vector
 * @param length number of elements
 * @param parameter the parameter, or null if it is a buffer
 * @param buffer the buffer, or null if it is a parameter
 */
record GraphSegment(long from, long length, Parameter parameter, Buffer buffer) {

    boolean isTrained() {
        return parameter != null;
    }

    INDArray value(Pass pass) {
        return isTrained() ? pass.value(parameter) : pass.buffer(buffer);
    }
}
