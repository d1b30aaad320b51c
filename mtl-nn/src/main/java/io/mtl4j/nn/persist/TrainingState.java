package io.mtl4j.nn.persist;

import io.mtl4j.nn.model.Snapshot;
import io.mtl4j.step.MethodState;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a training must remember, besides the model, to go on as if it had never stopped.
 *
 * @param epoch the next epoch, from 0
 * @param step number of steps done since training began
 * @param seed the trainer's seed
 * @param last the model's numbers after the last step; the model itself may have those of its best epoch
 * @param optimizer the memory of the optimiser, and of those of generators behind it, a copy; empty array if it has none
 * @param methods the memory of weighting, aggregation and stop rule
 */
public record TrainingState(
        int epoch, long step, long seed, Snapshot last, INDArray optimizer, List<MethodState> methods) {

    /** Checks that nothing is missing. */
    public TrainingState {
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(optimizer, "optimizer");
        methods = List.copyOf(methods);
        if (epoch < 0 || step < 0) {
            throw new IllegalArgumentException(
                    "training state: epoch = " + epoch + ", step = " + step + "; neither may be negative");
        }
    }

    /**
     * {@return the memory of a method}
     *
     * @param method its name
     * @throws IllegalArgumentException if it is not there
     */
    public MethodState method(String method) {
        return methods.stream()
                .filter(state -> state.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("training state has no memory of \"" + method
                        + "\", only of "
                        + methods.stream().map(MethodState::method).toList()
                        + "; configure the trainer as when the state was saved"));
    }
}
