package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Execution;
import io.mtl4j.nn.train.StepRounds;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.nn.train.TrainingResult;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.apache.spark.api.java.JavaRDD;

/**
 * Trains a model on the data of a Spark cluster.
 *
 * <pre>{@code
 * JavaRDD<MultiTaskBatch> train = ...;
 * TrainingResult result = SparkTrainer.builder(model)
 *     .settings(trainer -> trainer.aggregation(Aggregations.upGrad()).batchSize(256).epochs(5))
 *     .workers(4)
 *     .build()
 *     .fit(train, validation);
 * }</pre>
 *
 * <p>The driver plans the same steps as a {@link Trainer} in one process would that had all the data, with a batch size that
 * counts the examples of all workers. Each worker computes the part of a batch that lies in its partition.
 *
 * <ul>
 * <li><b>Synchronous gradients</b>, unless set otherwise: the driver gets each task's gradient over the whole batch, and
 * weighting, aggregation and optimiser work on these. Without dropout and batch normalisation, whose draws and statistics are
 * each worker's own, the result is that of one process but for rounding. Each step sends the parameters to each worker, and
 * back K gradients if the method wants each task's; a weighting gets the losses first, and then one gradient.
 * <li><b>Parameter averaging</b> ({@link SparkTrainerBuilder#averagingEvery}): each worker does some steps by itself, with methods
 * and an optimiser of its own, and all go on from the mean, as in McDonald, Hall and Mann (NAACL 2010), iterative parameter
 * mixing, with the optimiser's and the methods' memory averaged as well. Less is sent; the result differs from that of one process.
 * </ul>
 *
 * <p>A worker that is lost is made again of its partition, and the step it was at is done again; the result is the same. The
 * driver is not replaced: give checkpoints, from which a new one goes on.
 *
 * <p>Refused are methods that draw data of their own (held-out data, further batches); with synchronous gradients also those that
 * look ahead or work on the representation, adversarial tasks and transforms of batches.
 */
public final class SparkTrainer {

    private final MultiTaskModel model;
    private final SparkTrainerBuilder plan;

    SparkTrainer(MultiTaskModel model, SparkTrainerBuilder plan) {
        this.model = model;
        this.plan = plan;
    }

    /**
     * {@return a builder}
     *
     * @param model the model to train
     */
    public static SparkTrainerBuilder builder(MultiTaskModel model) {
        return new SparkTrainerBuilder(model);
    }

    /**
     * Trains without validation.
     *
     * @param train the training data: each element has some examples, any number, of one or more inputs; the elements of a
     *     partition must come in the same order whenever Spark computes it
     * @return what came out; the model has it too
     * @throws IllegalArgumentException if the data do not fit the model, or there are none
     * @throws IllegalStateException if the settings need validation data
     * @throws io.mtl4j.nn.train.TrainingDivergedException if a loss, gradient or running statistic is NaN or infinite
     */
    public TrainingResult fit(JavaRDD<MultiTaskBatch> train) {
        return run(train, Trainer::fit);
    }

    /**
     * Trains with a validation after each epoch, on the driver, and keeps the best epoch's parameters.
     *
     * @param train the training data, as in {@link #fit(JavaRDD)}
     * @param validation the validation data
     * @return what came out; the model has it too
     * @throws IllegalArgumentException if the data do not fit the model, or there are none
     * @throws io.mtl4j.nn.train.TrainingDivergedException if a loss, gradient or running statistic is NaN or infinite
     */
    public TrainingResult fit(JavaRDD<MultiTaskBatch> train, MultiTaskData validation) {
        return run(train, (trainer, data) -> trainer.fit(data, validation));
    }

    private TrainingResult run(JavaRDD<MultiTaskBatch> train, BiFunction<Trainer, MultiTaskData, TrainingResult> fit) {
        Setup setup = new Setup(UUID.randomUUID().toString(), ModelBytes.of(model, plan.types()), plan.settings());
        try (Cluster cluster = new Cluster(spread(train), setup)) {
            List<Contents> contents = cluster.askOnce("what is there", (worker, question) -> worker.contents());
            References references = new References(model.inputs(), contents);
            return run(cluster, references, fit);
        }
    }

    private TrainingResult run(
            Cluster cluster, References references, BiFunction<Trainer, MultiTaskData, TrainingResult> fit) {
        TrainerBuilder builder = plan.driver().apply(plan.settings().apply(Trainer.builder(model)));
        if (plan.averagingEvery().isPresent()) {
            StepRounds rounds = new ClusterRounds(model, cluster, references);
            builder.execution(Execution.rounds(plan.averagingEvery().getAsInt(), rounds));
            return fit.apply(builder.build(), references.data());
        }
        try (ClusterForward forward = new ClusterForward(model, cluster, references)) {
            return fit.apply(builder.execution(Execution.gradients(forward)).build(), references.data());
        }
    }

    private JavaRDD<MultiTaskBatch> spread(JavaRDD<MultiTaskBatch> train) {
        int wanted = plan.workers().orElse(train.getNumPartitions());
        return wanted < train.getNumPartitions()
                ? train.coalesce(wanted)
                : wanted > train.getNumPartitions() ? train.repartition(wanted) : train;
    }
}
