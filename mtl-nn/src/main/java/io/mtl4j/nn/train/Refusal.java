package io.mtl4j.nn.train;

import io.mtl4j.step.Requirement;
import java.util.Set;

/**
 * Turns down settings that a way of training cannot have.
 *
 * @param what the way of training
 * @param cure why it cannot, or what to do
 */
record Refusal(String what, String cure) {

    /**
     * Turns down a setting.
     *
     * @throws IllegalStateException if it is there
     */
    void when(boolean there, String setting) {
        if (there) {
            throw new IllegalStateException(what + " with " + setting + "; " + cure);
        }
    }

    /**
     * Turns down methods that need more data than the batch of a step.
     *
     * @throws IllegalStateException if there is one
     */
    void whenMoreDataNeeded(Set<Requirement> needed) {
        when(needed.contains(Requirement.HELD_OUT), "a method that learns from held-out data");
        when(needed.contains(Requirement.INDEPENDENT_JACOBIANS), "a method that draws further batches of the data");
    }

    /**
     * Turns down what needs the data of a training, or the way back through the network, in this process.
     *
     * @throws IllegalStateException if there is something of that kind
     */
    static void whenElsewhere(TrainingConfig config, boolean generators) {
        Refusal refusal = new Refusal(
                "training on other machines", "leave it out, or train in one process with Trainer.builder(model)");
        Set<Requirement> needed = config.requirements();
        if (!config.execution().isHere()) {
            refusal.whenMoreDataNeeded(needed);
        }
        if (config.execution() instanceof Execution.Gradients) {
            refusal.when(needed.contains(Requirement.REPRESENTATION), "a method that needs the shared representation");
            refusal.when(needed.contains(Requirement.LOOKAHEAD), "a method that looks ahead");
            refusal.when(config.transform() != BatchTransform.NONE, "a transform of batches");
            refusal.when(generators, "an adversarial task");
        }
        refusal.when(
                config.execution() instanceof Execution.Rounds && config.diagnosticsEvery() > 0,
                "gradient diagnostics between averages");
    }
}
