package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.MultiTaskBatch;
import java.io.Serializable;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/** The partitions of an RDD and the workers on them, seen from the driver. */
final class Cluster implements AutoCloseable {

    private final JavaSparkContext context;
    private final JavaRDD<MultiTaskBatch> partitions;
    private final boolean persisted;
    private final Broadcast<Setup> setup;

    Cluster(JavaRDD<MultiTaskBatch> partitions, Setup setup) {
        this.context = JavaSparkContext.fromSparkContext(partitions.context());
        this.persisted = partitions.getStorageLevel().equals(StorageLevel.NONE());
        // As bytes: Spark can tell their size, and an executor that is lost costs no more than reading them again.
        this.partitions = persisted ? partitions.persist(StorageLevel.MEMORY_AND_DISK_SER()) : partitions;
        this.setup = context.broadcast(setup);
    }

    /**
     * What workers are asked.
     *
     * @param <M> the message that all of them get
     * @param <A> the answer
     */
    interface Question<M, A> extends BiFunction<Worker, M, A>, Serializable {}

    /**
     * {@return the answers of all workers, in the order of their partitions}
     *
     * @param message sent once to each machine
     * @param question asked on every partition
     */
    <M, A> List<A> ask(M message, Question<M, A> question) {
        Broadcast<Setup> told = setup;
        Broadcast<M> sent = context.broadcast(message);
        try {
            return partitions
                    .mapPartitionsWithIndex(
                            (number, data) -> List.of(
                                            question.apply(Workers.of(told.value(), number, data), sent.value()))
                                    .iterator(),
                            true)
                    .collect();
        } finally {
            sent.destroy();
        }
    }

    /** Gives back the workers' memory. Executors that Spark no longer reaches take theirs with them. */
    @Override
    public void close() {
        String training = setup.value().training();
        partitions.foreachPartition(data -> Workers.forget(training));
        if (persisted) {
            partitions.unpersist();
        }
        setup.destroy();
    }
}
