package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.MultiTaskBatch;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The workers that live in this JVM, one for each partition that Spark computes here. They are kept from step to step; one
 * that is not here, as its machine was lost or Spark moved the partition, is made again of the partition's data.
 */
final class Workers {

    static final Map<String, Map<Integer, Worker>> BY_TRAINING = new ConcurrentHashMap<>();

    private Workers() {}

    static Worker of(Setup setup, int partition, Iterator<MultiTaskBatch> data) {
        return BY_TRAINING
                .computeIfAbsent(setup.training(), training -> new ConcurrentHashMap<>())
                .computeIfAbsent(partition, number -> new Worker(setup, number, data));
    }

    /** Gives back the memory of a training's workers here. */
    static void forget(String training) {
        Map<Integer, Worker> workers = BY_TRAINING.remove(training);
        if (workers != null) {
            workers.values().forEach(Worker::close);
        }
    }
}
