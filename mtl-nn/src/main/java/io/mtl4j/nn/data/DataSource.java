package io.mtl4j.nn.data;

import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The data set of one model input. Implementations are safe to read from several threads.
 */
public interface DataSource {

    /** {@return the name of the model input that these examples are for} */
    String input();

    /** {@return the number of examples} */
    int size();

    /** {@return the names of the tasks that have labels here} */
    Set<String> tasks();

    /**
     * Gathers examples.
     *
     * @param indices numbers of the examples, each in {@code 0 .. size() - 1}
     * @param random for augmentation; the batch is a function of the indices and of this generator's state only
     * @return the batch, in the order of the indices
     */
    SourceBatch batch(int[] indices, RandomGenerator random);
}
