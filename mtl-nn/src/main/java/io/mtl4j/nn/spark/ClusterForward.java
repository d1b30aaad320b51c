package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.StepPass;
import io.mtl4j.nn.train.ForwardPass;
import java.util.List;

/**
 * Synchronous training: each batch is computed where its examples are, and the driver gets the gradients of each task over
 * the whole batch.
 *
 * @param model the driver's model
 * @param cluster the workers
 * @param references tells where examples are
 */
record ClusterForward(MultiTaskModel model, Cluster cluster, References references) implements ForwardPass {

    @Override
    public StepPass run(MultiTaskBatch batch, Seed seed) {
        GradientOrder order = new GradientOrder(
                ModelNumbers.of(model.network().store()), references.byPartition(batch), batch.skipped(), seed.value());
        List<PartialGradients> parts = cluster.ask(order, Worker::gradients);
        GlobalPass.averageBuffers(parts, model.network().store());
        return new GlobalPass(parts);
    }
}
