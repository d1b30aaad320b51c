package io.mtl4j.nn.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The data sets of a model's inputs.
 *
 * @param sources one for each input that has data
 */
public record MultiTaskData(List<DataSource> sources) {

    /** Checks that inputs are unique and not empty. */
    public MultiTaskData {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("no data source; give one for each input of the model");
        }
        Set<String> seen = new HashSet<>();
        for (DataSource source : sources) {
            if (!seen.add(source.input())) {
                throw new IllegalArgumentException(
                        "two data sources for input \"" + source.input() + "\"; put their examples into one");
            }
            if (source.size() < 1) {
                throw new IllegalArgumentException(
                        "data source for input \"" + source.input() + "\" is empty; it needs at least one example");
            }
        }
    }

    /**
     * {@return data sets for several inputs}
     *
     * @param sources one for each input
     */
    public static MultiTaskData of(DataSource... sources) {
        return new MultiTaskData(List.of(sources));
    }
}
