package io.mtl4j.nn.data;

import java.util.random.RandomGenerator;

/**
 * A random change of a training batch as a whole, such as {@link Mixup}. Implementations must be safe to use from several
 * threads.
 */
@FunctionalInterface
public interface BatchAugmentation {

    /**
     * {@return the batch to train on}
     *
     * @param batch a batch; not changed
     * @param random the only source of chance
     */
    SourceBatch apply(SourceBatch batch, RandomGenerator random);
}
