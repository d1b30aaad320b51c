package io.mtl4j.nn.meta;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.Objects;

/**
 * How a model adapts to a few examples: steps of plain gradient descent on them, {@code θ ← θ - α ∇L(θ)}, L the sum of the
 * losses of all tasks that have labels among them. The same record describes the inner loop of meta-learning and what is done
 * with a new problem afterwards, where more steps are usual.
 *
 * @param steps the number of steps, at least 1
 * @param rate α, above 0
 * @param part which parameters move
 */
public record Adaptation(int steps, double rate, AdaptedPart part) {

    /** Checks the values. */
    public Adaptation {
        Require.atLeast("adaptation: steps", steps, 1);
        Require.positive("adaptation: rate", rate);
        Objects.requireNonNull(part, "part");
    }

    /**
     * {@return an adaptation of all parameters}
     *
     * @param steps the number of steps, at least 1
     * @param rate α, above 0
     */
    public static Adaptation of(int steps, double rate) {
        return new Adaptation(steps, rate, AdaptedPart.ALL);
    }

    /**
     * {@return this with other parameters that move}
     *
     * @param value which
     */
    public Adaptation part(AdaptedPart value) {
        return new Adaptation(steps, rate, value);
    }

    /**
     * {@return this with another number of steps}
     *
     * @param value at least 1
     */
    public Adaptation steps(int value) {
        return new Adaptation(value, rate, part);
    }

    /**
     * {@return a copy of a model, adapted; the model itself stays as it is}
     *
     * <p>The steps run as in training: with dropout, whose draws come from the model's seed, and with batch normalisation by the
     * statistics of the examples, which also move the copy's running statistics on.
     *
     * @param model the model
     * @param support the examples, with labels of at least one task
     * @throws IllegalArgumentException if the examples do not fit the model, or have no labels
     * @throws io.mtl4j.nn.train.TrainingDivergedException if a loss becomes NaN or infinite
     */
    public MultiTaskModel adapt(MultiTaskModel model, MultiTaskBatch support) {
        MultiTaskModel copy = model.copy();
        try {
            InnerLoop loop = new InnerLoop(copy, this);
            loop.begin(new Seed(model.seed()));
            for (int i = 0; i < steps; i++) {
                loop.step(support);
            }
            return copy;
        } catch (RuntimeException e) {
            copy.close();
            throw e;
        }
    }
}
