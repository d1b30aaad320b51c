package io.mtl4j.nn.data;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.Seed;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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

    /**
     * {@return all examples in order, in batches that are gathered one by one} What a source augments is seen augmented, the same
     * way each time.
     *
     * @param batchSize number of examples of each batch but the last, at least 1
     */
    default Iterable<SourceBatch> inOrder(int batchSize) {
        Require.atLeast("batch size", batchSize, 1);
        Seed seed = new Seed(0); // nothing is to be drawn here, but a source may ask for a generator
        return () -> IntStream.iterate(0, from -> from < size(), from -> from + batchSize)
                .mapToObj(from -> batch(
                        IntStream.range(from, Math.min(size(), from + batchSize))
                                .toArray(),
                        seed.child(from).generator()))
                .iterator();
    }
}
