package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.SequencePool;
import java.util.Optional;

/** What an encoder of sequences hands to the tasks. Padding never counts. */
public enum SequenceOutput {
    /** A vector for every step, {@code [batch, time, features]}: for tagging. */
    EVERY_STEP,
    /** The vector of the first step, {@code [batch, features]}. */
    FIRST_STEP,
    /**
     * The vector of the last step, {@code [batch, features]}; from a bidirectional LSTM, each direction's state after the
     * step that it reads last.
     */
    LAST_STEP,
    /** The mean of the steps' vectors, {@code [batch, features]}. */
    MEAN,
    /** The sum of the steps' vectors, {@code [batch, features]}. */
    SUM,
    /** The largest value of each feature over the steps, {@code [batch, features]}. */
    MAX;

    /** The layer that makes this of the steps; none for {@link #EVERY_STEP}. */
    Optional<SequencePool> pool() {
        return switch (this) {
            case EVERY_STEP -> Optional.empty();
            case FIRST_STEP -> Optional.of(new SequencePool(SequencePool.Kind.FIRST));
            case LAST_STEP -> Optional.of(new SequencePool(SequencePool.Kind.LAST));
            case MEAN -> Optional.of(new SequencePool(SequencePool.Kind.MEAN));
            case SUM -> Optional.of(new SequencePool(SequencePool.Kind.SUM));
            case MAX -> Optional.of(new SequencePool(SequencePool.Kind.MAX));
        };
    }
}
