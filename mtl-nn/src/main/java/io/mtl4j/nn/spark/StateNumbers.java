package io.mtl4j.nn.spark;

import io.mtl4j.nn.model.ModelHold;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Snapshot;
import io.mtl4j.nn.persist.TrainingState;
import io.mtl4j.step.MethodState;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a training has come to, as it is sent to other machines.
 *
 * @param epoch the epoch
 * @param step number of steps done
 * @param seed the training's seed
 * @param model the model's numbers
 * @param optimizer the optimiser's
 * @param methods the methods', by name
 */
record StateNumbers(
        int epoch,
        long step,
        long seed,
        ModelNumbers model,
        Numbers optimizer,
        SortedMap<String, SortedMap<String, double[]>> methods)
        implements Serializable {

    /**
     * Takes the numbers that a model has now.
     *
     * @param state what else there is
     */
    static StateNumbers of(MultiTaskModel model, TrainingState state) {
        SortedMap<String, SortedMap<String, double[]>> methods = new TreeMap<>();
        state.methods().forEach(method -> methods.put(method.method(), new TreeMap<>(method.values())));
        return new StateNumbers(
                state.epoch(),
                state.step(),
                state.seed(),
                ModelNumbers.of(model.network().store()),
                Numbers.of(state.optimizer()),
                methods);
    }

    /** {@return this as a state, with the numbers of the model in the model itself as well} */
    TrainingState state(MultiTaskModel to) {
        try (ModelHold hold = to.hold()) {
            model.assignTo(to.network().store());
        }
        List<MethodState> states =
                methods.entrySet().stream().map(StateNumbers::method).toList();
        return new TrainingState(epoch, step, seed, Snapshot.of(to), optimizer.vector(), states);
    }

    private static MethodState method(Map.Entry<String, SortedMap<String, double[]>> entry) {
        return new MethodState(entry.getKey(), entry.getValue());
    }
}
