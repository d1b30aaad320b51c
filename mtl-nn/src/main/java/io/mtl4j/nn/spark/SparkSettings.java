package io.mtl4j.nn.spark;

import io.mtl4j.nn.train.TrainerBuilder;
import java.io.Serializable;

/**
 * The settings of a training, as Java code that Spark can send to the workers: a lambda that holds on to nothing but what
 * can be serialised.
 *
 * <pre>{@code
 * trainer -> trainer.aggregation(Aggregations.upGrad()).optimizer(new Adam(1e-3)).epochs(5).batchSize(256)
 * }</pre>
 */
@FunctionalInterface
public interface SparkSettings extends Serializable {

    /**
     * {@return the trainer with its settings}
     *
     * @param trainer one with the usual settings
     */
    TrainerBuilder apply(TrainerBuilder trainer);
}
