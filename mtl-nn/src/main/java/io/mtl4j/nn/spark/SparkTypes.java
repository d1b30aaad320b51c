package io.mtl4j.nn.spark;

import io.mtl4j.nn.persist.KnownTypes;
import java.io.Serializable;

/** The types of which a model is made, as Java code that Spark can send to the workers: {@code KnownTypes::standard}. */
@FunctionalInterface
public interface SparkTypes extends Serializable {

    /** {@return the types} */
    KnownTypes get();
}
