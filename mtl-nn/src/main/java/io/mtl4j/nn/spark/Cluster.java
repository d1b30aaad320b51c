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
     * @param <M> the message that they know
     * @param <A> the answer
     */
    interface Question<M, A> extends BiFunction<Worker, M, A>, Serializable {}

    /** {@return a message that is sent once to each machine, when it is first needed there} Whoever tells it destroys it. */
    <M> Broadcast<M> tell(M message) {
        return context.broadcast(message);
    }

    /**
     * {@return the answers of all workers, in the order of their partitions}
     *
     * @param message what {@link #tell} gave
     * @param question asked on every partition
     */
    <M, A> List<A> ask(Broadcast<M> message, Question<M, A> question) {
        Broadcast<Setup> told = setup;
        return partitions
                .mapPartitionsWithIndex(
                        (number, data) -> List.of(
                                        question.apply(Workers.of(told.value(), number, data), message.value()))
                                .iterator(),
                        true)
                .collect();
    }

    /** {@return the answers of all workers to a question with a message of its own} */
    <M, A> List<A> askOnce(M message, Question<M, A> question) {
        Broadcast<M> told = tell(message);
        try {
            return ask(told, question);
        } finally {
            told.destroy();
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
