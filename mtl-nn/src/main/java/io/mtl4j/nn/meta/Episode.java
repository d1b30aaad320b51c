package io.mtl4j.nn.meta;

import io.mtl4j.nn.data.MultiTaskBatch;
import java.util.Objects;

/**
 * A small learning problem of its own: the examples that a model adapts to, and others of the same problem on which it is
 * judged.
 *
 * @param support the examples to adapt to
 * @param query the examples that judge
 */
public record Episode(MultiTaskBatch support, MultiTaskBatch query) {

    /** Checks that nothing is missing. */
    public Episode {
        Objects.requireNonNull(support, "support");
        Objects.requireNonNull(query, "query");
    }
}
