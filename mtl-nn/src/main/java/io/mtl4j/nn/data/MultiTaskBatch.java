package io.mtl4j.nn.data;

import java.util.Map;

/**
 * What one training step reads: a batch for each input that takes part. Inputs' batches may differ in size.
 *
 * @param sources the batches by input
 */
public record MultiTaskBatch(Map<String, SourceBatch> sources) {

    /** Copies the map. */
    public MultiTaskBatch {
        sources = Map.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a batch needs examples of at least one input");
        }
    }

    /** {@return the number of examples over all inputs} */
    public int size() {
        return sources.values().stream().mapToInt(SourceBatch::size).sum();
    }
}
