package io.mtl4j.nn.sharing;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one reader took from several sources: the weights of a gate's experts, the strength of a mask, the coefficients of a
 * cross-stitch.
 *
 * @param reader who chose, such as {@code digit} or {@code level 1: digit}
 * @param sources what there was to choose among, such as {@code expert 0}
 * @param weights {@code [batch, sources]}, or {@code [1, sources]} where the choice is the same for all examples
 */
public record SharingChoice(String reader, List<String> sources, INDArray weights) {

    /** Copies the names and checks that there is a weight for each source. */
    public SharingChoice {
        Objects.requireNonNull(reader, "reader");
        sources = List.copyOf(sources);
        if (weights.rank() != 2 || weights.size(1) != sources.size()) {
            throw new IllegalArgumentException("choice of \"" + reader + "\": weights of shape "
                    + Arrays.toString(weights.shape()) + " for " + sources.size()
                    + " sources; give a column for each source");
        }
    }
}
