package io.mtl4j.nn.head;

import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;

/**
 * The head of a task that learns to tell the data from examples that a generator makes, while the generator learns to make
 * examples that this head takes for data (Goodfellow et al., NeurIPS 2014). The encoder is the body of the critic, and the
 * head's {@link #network} its last layers with one logit; so the encoder is shared by the critic and by all other tasks, as
 * in semi-supervised adversarial learning (Odena, arXiv 1606.01583; Salimans et al., NeurIPS 2016).
 *
 * <p>The task's loss in the joint step is {@code L(real, 1) + L(generated, 0) + penalty}, with L the head's {@link #loss()}
 * on labels 1 and 0, and as many generated examples as real ones. It trains the encoder and the critic and leaves the
 * generator as it is. After the joint step, or every few of them, comes the generator's own: it follows the gradient of
 * {@code L(generated, 1)} through critic and encoder, which stay as they are.
 *
 * <p>Real and generated examples go through the encoder apart from one another, so batch statistics never mix them, and the
 * running statistics follow the real ones.
 *
 * <p>In evaluations the loss is that of the real examples alone. It says nothing of how good the generated ones are, so let
 * early stopping watch the other tasks, or train without validation data.
 */
public interface AdversarialHead extends Head {

    /** {@return the number of elements of the generator's input: independent standard normal noise {@code [batch, noise]}} */
    int noise();

    /**
     * {@return the network from noise to an example}
     *
     * @param example shape of the examples of the input that this task reads
     * @throws IllegalArgumentException if this head cannot make such examples
     */
    LayerSpec generator(Shape example);

    /**
     * {@return λ of the gradient penalty {@code λ mean (‖∇D(x̂)‖ - 1)²}, where D is the logit and {@code x̂} lies at a random
     * place between a real and a generated example (Gulrajani et al., NeurIPS 2017, algorithm 1); 0 for none}
     */
    default double gradientPenalty() {
        return 0;
    }

    /** {@return after how many joint steps the generator makes one of its own, at least 1} */
    default int criticSteps() {
        return 1;
    }

    /** {@return how many times the learning rate of the joint step is that of the generator's, above 0} */
    default double generatorRate() {
        return 1;
    }
}
