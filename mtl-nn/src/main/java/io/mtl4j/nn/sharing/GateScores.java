package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Embedding;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;

/**
 * What a gate computes before its softmax: scores {@code W x + b} of its experts, where x is the vector, the flattened
 * picture, or the mean of a sequence's real steps. Token ids count as sequences of one-hot vectors, so that W has a row for
 * each token; b is left out there, as adding it to each row does the same.
 */
final class GateScores {

    private GateScores() {}

    static LayerSpec of(Shape input, int experts) {
        return of(input, experts, Initializer.GLOROT_UNIFORM, Initializer.STANDARD_NORMAL);
    }

    /** The same with other starting values of W: of vectors, pictures and sequences, and of tokens. */
    static LayerSpec of(Shape input, int experts, Initializer start, Initializer ofTokens) {
        SequencePool mean = new SequencePool(SequencePool.Kind.MEAN);
        Dense linear = new Dense(experts, Activation.IDENTITY, start);
        if (input instanceof Shape.Tokens) {
            return Chain.of(new Embedding(experts, ofTokens, Embedding.NO_PADDING), mean);
        }
        return input instanceof Shape.Sequence ? Chain.of(mean, linear) : Chain.of(linear);
    }
}
