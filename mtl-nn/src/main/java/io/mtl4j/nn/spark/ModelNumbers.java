package io.mtl4j.nn.spark;

import io.mtl4j.nn.model.ParameterStore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What training changes of a model: the parameters that learn, and running statistics.
 *
 * @param trained the parameters, {@code [N]}
 * @param buffers the running statistics of each input
 */
record ModelNumbers(Numbers trained, List<Numbers> buffers) implements Serializable {

    static ModelNumbers of(ParameterStore store) {
        return new ModelNumbers(Numbers.of(store.trained()), buffersOf(store));
    }

    static List<Numbers> buffersOf(ParameterStore store) {
        List<Numbers> buffers = new ArrayList<>();
        store.copyBuffers().forEach(buffer -> buffers.add(Numbers.of(buffer)));
        return List.copyOf(buffers);
    }

    void assignTo(ParameterStore store) {
        store.trained().assign(trained.vector());
        store.assignBuffers(buffers.stream().map(Numbers::vector).toList());
    }
}
