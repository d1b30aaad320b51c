package io.mtl4j.nn.data;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * What one training step reads: a batch for each input that takes part. Inputs' batches may differ in size.
 *
 * @param sources the batches by input
 * @param skipped names of tasks that take no part, whatever labels there are
 */
public record MultiTaskBatch(Map<String, SourceBatch> sources, Set<String> skipped) implements Serializable {

    /** Copies the map and the set. */
    public MultiTaskBatch {
        sources = Map.copyOf(sources);
        skipped = Set.copyOf(skipped);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a batch needs examples of at least one input");
        }
    }

    /**
     * A batch in which all tasks take part that it has labels for.
     *
     * @param sources the batches by input
     */
    public MultiTaskBatch(Map<String, SourceBatch> sources) {
        this(sources, Set.of());
    }

    /** {@return the number of examples over all inputs} */
    public int size() {
        return sources.values().stream().mapToInt(SourceBatch::size).sum();
    }
}
