package io.mtl4j.nn.sharing;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Shape;
import java.util.List;

/** HOW TASKS SHARE an encoder. Implementations are records, so that they can be compared, printed and saved. */
public interface Sharing {

    /**
     * Makes the trunk of a model.
     *
     * @param encoder the encoder to share
     * @param input the shape of the trunk's input
     * @param tasks the names of the tasks in order
     * @param binder declares parameters, buffers and slots
     * @return the trunk
     */
    Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder);
}
