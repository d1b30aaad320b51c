package io.mtl4j.nn.model;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A copy of a model's numbers, parameters and buffers, to come back to. */
public final class Snapshot {

    private final INDArray parameters;
    private final List<INDArray> buffers;

    private Snapshot(INDArray parameters, List<INDArray> buffers) {
        this.parameters = parameters;
        this.buffers = List.copyOf(buffers);
    }

    /**
     * {@return a copy of what a model has now}
     *
     * @param model the model
     */
    public static Snapshot of(MultiTaskModel model) {
        try (ModelHold hold = model.hold()) {
            ParameterStore store = model.network().store();
            return new Snapshot(store.flat().dup(), store.copyBuffers());
        }
    }

    /**
     * Takes what a model has now, in place of what was taken before.
     *
     * @param model a model of the same architecture
     */
    public void take(MultiTaskModel model) {
        try (ModelHold hold = model.hold()) {
            parameters.assign(model.network().store().flat());
            for (int i = 0; i < buffers.size(); i++) {
                buffers.get(i).assign(model.network().store().flatBuffers(i));
            }
        }
    }

    /**
     * Gives a model these numbers.
     *
     * @param model a model of the same architecture
     * @throws IllegalArgumentException if the model has another number of parameters
     */
    public void restore(MultiTaskModel model) {
        if (model.parameterCount() != parameters.length()) {
            throw new IllegalArgumentException("a snapshot of " + parameters.length() + " parameters for a model of "
                    + model.parameterCount() + "; use the model of the same architecture");
        }
        try (ModelHold hold = model.hold()) {
            model.network().store().flat().assign(parameters);
            model.network().store().assignBuffers(buffers);
        }
    }

    /** {@return the copy of the parameters, a vector, live} */
    public INDArray parameters() {
        return parameters;
    }

    /**
     * {@return the copy of an input's buffers, a vector, live}
     *
     * @param input the input's number
     */
    public INDArray buffers(int input) {
        return buffers.get(input);
    }
}
