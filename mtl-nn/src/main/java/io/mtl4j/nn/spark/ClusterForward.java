package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.StepPass;
import io.mtl4j.nn.train.ForwardPass;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.broadcast.Broadcast;

/**
 * Synchronous training: each batch is computed where its examples are, and the driver gets losses and gradients over the whole
 * batch. Where nobody wants each task's gradient, workers are asked twice, for the losses, of which the method makes weights,
 * and for the gradient of the weighted sum: forward twice is less than backward K times, and one gradient less than K.
 */
final class ClusterForward implements ForwardPass, AutoCloseable {

    private final MultiTaskModel model;
    private final Cluster cluster;
    private final References references;
    private Broadcast<BatchOrder> told;

    /**
     * Makes it.
     *
     * @param model the driver's model
     * @param cluster the workers
     * @param references tells where examples are
     */
    ClusterForward(MultiTaskModel model, Cluster cluster, References references) {
        this.model = model;
        this.cluster = cluster;
        this.references = references;
    }

    @Override
    public StepPass run(MultiTaskBatch batch, Seed seed, boolean eachTask) {
        close();
        told = cluster.tell(new BatchOrder(
                ModelNumbers.of(model.network().store()),
                references.byPartition(batch),
                batch.skipped(),
                seed.value()));
        if (eachTask) {
            List<PartialGradients> gradients = cluster.ask(told, Worker::gradients);
            return pass(gradients.stream().map(PartialGradients::losses).toList(), () -> gradients);
        }
        return pass(cluster.ask(told, Worker::losses), () -> cluster.ask(told, Worker::gradients));
    }

    private StepPass pass(List<PartialLosses> losses, Supplier<List<PartialGradients>> each) {
        GlobalLosses all = new GlobalLosses(losses);
        all.averageBuffers(model.network().store());
        return new GlobalPass(all, each, this::weighted);
    }

    private List<Numbers> weighted(double[] perLabel, double perExample) {
        return cluster.ask(told, (worker, order) -> worker.weighted(order, perLabel, perExample));
    }

    @Override
    public void close() {
        if (told != null) {
            told.destroy();
            told = null;
        }
    }
}
