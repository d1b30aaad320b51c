package io.mtl4j.nn.model;

import io.mtl4j.nn.layer.Arena;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.memory.MemoryWorkspace;

/**
 * A batch that has run forward: the tasks' losses, and their gradients when asked for. Valid while the arena in which it
 * was made is open; gradients may be asked for any number of times.
 */
public final class BatchPass implements StepPass {

    /** One backward pass uses the memory of the one before it. */
    private static final String BACKWARD = "BACKWARD";

    private final List<SourcePass> passes;
    private final SourcePass[] byTask;
    private final boolean clean;
    private final Network network;
    private final Map<Integer, AdversarialPass> adversaries;

    BatchPass(Network network, List<SourcePass> passes, Map<Integer, AdversarialPass> adversaries) {
        this.adversaries = adversaries;
        this.passes = List.copyOf(passes);
        this.clean =
                network.architecture().inputs().size() == 1 && network.trunk().assignsAllShared();
        this.network = network;
        this.byTask = new SourcePass[network.architecture().heads().size()];
        for (SourcePass pass : passes) {
            for (int k = 0; k < byTask.length; k++) {
                if (pass.present(k)) {
                    byTask[k] = pass;
                }
            }
        }
    }

    @Override
    public boolean present(int task) {
        return byTask[task] != null;
    }

    @Override
    public double loss(int task) {
        if (!present(task)) {
            return Double.NaN;
        }
        double real = byTask[task].result(task).value();
        return adversaries.containsKey(task) ? real + adversaries.get(task).value() : real;
    }

    @Override
    public double[] losses() {
        double[] losses = new double[byTask.length];
        for (int k = 0; k < losses.length; k++) {
            losses[k] = loss(k);
        }
        return losses;
    }

    /**
     * {@return the number of labels of a task}
     *
     * @param task the task's number
     */
    public long labels(int task) {
        return present(task) ? byTask[task].result(task).count() : 0;
    }

    /** One backward pass for each input. */
    @Override
    public void weightedGradient(double[] weights, Gradients gradients) {
        if (!everyParameterTakesPart(k -> weights[k] != 0)) {
            gradients.flat().assign(0);
        }
        boolean first = true;
        for (SourcePass pass : passes) {
            try (MemoryWorkspace arena = Arena.open(BACKWARD)) {
                pass.backward(weights, first ? gradients.views() : gradients.scratchViews());
            }
            if (!first) {
                gradients.addScratch();
            }
            first = false;
        }
        adversaries.forEach((task, adversary) -> {
            if (weights[task] != 0) {
                try (MemoryWorkspace arena = Arena.open(BACKWARD)) {
                    adversary.addTo(gradients, weights[task]);
                }
            }
        });
    }

    /** K backward passes from the one forward pass. */
    @Override
    public void jacobian(Gradients gradients) {
        if (!everyParameterTakesPart(k -> true)) {
            gradients.flat().assign(0);
            gradients.jacobian().assign(0);
        }
        for (int k = 0; k < byTask.length; k++) {
            if (present(k)) {
                try (MemoryWorkspace arena = Arena.open(BACKWARD)) {
                    byTask[k].backward(k, gradients.rowViews(k));
                }
            }
        }
        adversaries.values().forEach(adversary -> {
            try (MemoryWorkspace arena = Arena.open(BACKWARD)) {
                adversary.addToRow(gradients);
            }
        });
    }

    /**
     * {@return the sum of what layers penalise, such as {@link io.mtl4j.nn.layer.ActivityPenalty}; no task's loss has it}
     */
    public double penalty() {
        return passes.stream().mapToDouble(SourcePass::penalty).sum();
    }

    /** Inputs none of whose tasks is present take no part. */
    @Override
    public void addPenaltyGradient(Gradients gradients) {
        if (!network.hasActivationPenalties()) {
            return;
        }
        for (SourcePass pass : passes) {
            if (pass.anyPresent()) {
                try (MemoryWorkspace arena = Arena.open(BACKWARD)) {
                    pass.penaltyBackward(gradients.extraViews());
                }
                gradients.addExtra();
            }
        }
    }

    /**
     * {@return the way back through the one representation that the present tasks share}
     *
     * @throws IllegalStateException if no task is present, or they read different representations, as an adversarial task
     *     does that reads generated examples too
     */
    public RepresentationPass representation() {
        adversaries.keySet().stream().findFirst().ifPresent(task -> {
            throw new IllegalStateException(
                    "task \"" + network.architecture().tasks().get(task).name()
                            + "\" is adversarial: it also reads generated examples, so there is no one representation that all"
                            + " tasks share; use a method that works on gradients of the parameters");
        });
        return new RepresentationPass(byTask, network.architecture().tasks().names());
    }

    /** Whether backward passes assign every gradient, so that none of an earlier step is left. */
    private boolean everyParameterTakesPart(IntPredicate counts) {
        return clean && IntStream.range(0, byTask.length).allMatch(k -> present(k) && counts.test(k));
    }
}
