package io.mtl4j.nn.layer;

import java.util.Objects;

/**
 * One vector for a whole sequence: {@code [batch, time, features]} to {@code [batch, features]}. Steps that the mask calls
 * padding do not count; an example without real steps gives 0.
 *
 * @param kind how the steps are combined
 */
public record SequencePool(Kind kind) implements LayerSpec {

    /** How the steps are combined. */
    public enum Kind {
        /** The first real step. */
        FIRST,
        /** The last real step. */
        LAST,
        /** The mean of the real steps. */
        MEAN,
        /** The sum of the real steps: for graphs, it tells how many nodes there are of a kind (Xu et al., ICLR 2019). */
        SUM,
        /** The largest value of each feature; steps that are equally large share the gradient equally. */
        MAX
    }

    /** Checks the value. */
    public SequencePool {
        Objects.requireNonNull(kind, "kind");
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Sequence sequence)) {
            throw new IllegalArgumentException(
                    "sequence pool: input is " + input + "; it takes a sequence of feature vectors");
        }
        Shape output = Shape.vector(sequence.features());
        boolean needsGradient = binder.inputNeedsGradient();
        return kind == Kind.MAX
                ? new LargestStep(output, binder.slot(), needsGradient)
                : new WeightedSteps(kind, output, binder.slot(), needsGradient);
    }
}
