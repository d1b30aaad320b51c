package io.mtl4j.nn.train;

import io.mtl4j.nn.model.ParameterStore;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A copy of a model's numbers, to come back to. It begins with what the model has when it is made. */
final class Snapshot {

    private final ParameterStore store;
    private final INDArray parameters;
    private final INDArray[] buffers;

    Snapshot(ParameterStore store, int inputs) {
        this.store = store;
        this.parameters = store.flat().dup();
        this.buffers = new INDArray[inputs];
        for (int i = 0; i < inputs; i++) {
            buffers[i] = store.flatBuffers(i).dup();
        }
    }

    void take() {
        parameters.assign(store.flat());
        for (int i = 0; i < buffers.length; i++) {
            buffers[i].assign(store.flatBuffers(i));
        }
    }

    void restore() {
        store.flat().assign(parameters);
        for (int i = 0; i < buffers.length; i++) {
            store.flatBuffers(i).assign(buffers[i]);
        }
    }
}
