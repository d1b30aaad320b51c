package io.mtl4j.nn.train;

import io.mtl4j.nn.head.AdversarialHead;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.model.ParameterLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The generators' turns: after a joint step, or after every few, each follows its own gradient while all else stays. Each
 * has the training's optimiser with a memory of its own, clipping and penalties.
 */
final class GeneratorSteps {

    private final Network network;
    private final GradientClipping clipping;
    private final List<Turn> turns = new ArrayList<>();

    /** What one generator's turns have in common. */
    private record Turn(
            int task,
            AdversarialHead head,
            INDArray parameters,
            Optimizer.Run optimizer,
            Penalties penalties,
            double rateFactor) {

        /** The number of turns before the one that follows a joint step. */
        long before(long step) {
            return (step + 1) / head.criticSteps() - 1;
        }

        boolean follows(long step) {
            return rateFactor > 0 && (step + 1) % head.criticSteps() == 0;
        }
    }

    GeneratorSteps(MultiTaskModel model, TrainingConfig config) {
        this.network = model.network();
        this.clipping = config.clipping();
        for (int task : network.generators().tasks()) {
            ParameterLayout layout = network.store().layout().ownStep(task);
            AdversarialHead head =
                    (AdversarialHead) network.architecture().heads().get(task);
            turns.add(new Turn(
                    task,
                    head,
                    network.store().layout().ownStep(network.store().flat(), task),
                    config.optimizer().start(layout, network.type()),
                    new Penalties(layout, network.type()),
                    head.generatorRate()
                            * config.learningRates()
                                    .byTask()
                                    .getOrDefault(head.task().name(), 1.0)));
        }
    }

    /** What the optimisers remember, one vector each. */
    List<INDArray> memories() {
        return turns.stream().map(turn -> turn.optimizer().state()).toList();
    }

    /**
     * Makes the turns that follow a joint step.
     *
     * @param pass the joint step's batch, which says how many examples to make
     * @param gradients overwritten
     * @return the losses of the generators that had a turn, by task
     */
    Map<Integer, Double> run(
            BatchPass pass, Gradients gradients, Seed seed, long step, double rate, Divergence divergence) {
        Map<Integer, Double> losses = new LinkedHashMap<>();
        for (Turn turn : turns) {
            if (turn.follows(step) && pass.present(turn.task())) {
                losses.put(turn.task(), run(turn, pass, gradients, seed.child(turn.task()), step, rate));
                divergence.requireFiniteGenerator(turn.task(), losses.get(turn.task()));
            }
        }
        return losses;
    }

    private double run(Turn turn, BatchPass pass, Gradients gradients, Seed seed, long step, double rate) {
        try (MemoryWorkspace arena = Arena.open("GENERATOR")) {
            int examples = Math.toIntExact(pass.labels(turn.task()));
            double loss = network.generators().gradient(turn.task(), examples, seed, gradients);
            INDArray gradient = gradients.ofOwnStep(turn.task());
            turn.penalties().addTo(gradient, turn.parameters());
            clipping.clip(gradient, GradientNorm.of(gradient));
            turn.optimizer().update(turn.parameters(), gradient, rate * turn.rateFactor(), turn.before(step));
            return loss;
        }
    }
}
