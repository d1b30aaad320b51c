package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Execution;
import io.mtl4j.nn.train.StepOrder;
import io.mtl4j.nn.train.StepRounds;
import io.mtl4j.nn.train.StepWorker;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainingDivergedException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import org.nd4j.linalg.api.memory.MemoryWorkspace;

/** One partition's examples with a model of their own. */
final class Worker implements AutoCloseable {

    private final int partition;
    private final SparkSettings settings;
    private final MultiTaskModel model;
    private final Shard shard;
    private Gradients gradients;
    private StepWorker steps;

    Worker(Setup setup, int partition, Iterator<MultiTaskBatch> data) {
        this.partition = partition;
        this.settings = setup.settings();
        this.model = setup.model().model();
        this.shard = new Shard(model, data);
    }

    synchronized Contents contents() {
        return new Contents(shard.sizes(), shard.tasks());
    }

    /** {@return the losses of this partition's part of a batch} */
    synchronized PartialLosses losses(BatchOrder order) {
        return run(order, PartialLosses.none(model), (pass, examples) -> PartialLosses.of(model, pass, examples));
    }

    /** {@return the losses and each task's gradient of this partition's part of a batch} */
    synchronized PartialGradients gradients(BatchOrder order) {
        return run(
                order,
                PartialGradients.none(model),
                (pass, examples) -> PartialGradients.of(model, pass, examples, memory()));
    }

    /**
     * {@return the gradient of a weighted sum over this partition's part of a batch; null if it has none}
     *
     * @param perLabel what a label counts, by task
     * @param perExample what an example counts in what layers penalise
     */
    synchronized Numbers weighted(BatchOrder order, double[] perLabel, double perExample) {
        return run(
                order,
                null,
                (pass, examples) -> PartialGradients.weighted(model, pass, examples, perLabel, perExample, memory()));
    }

    private Gradients memory() {
        if (gradients == null) {
            gradients = model.network().newGradients();
        }
        return gradients;
    }

    private <A> A run(BatchOrder order, A none, BiFunction<BatchPass, int[], A> answer) {
        order.numbers().assignTo(model.network().store());
        MultiTaskBatch batch = shard.batch(order.examples()[partition], order.skipped());
        if (batch == null) {
            return none;
        }
        try (MemoryWorkspace arena = Arena.open("TRAIN")) {
            BatchPass pass = model.network().forward(batch, seed(new Seed(order.seed())));
            return answer.apply(
                    pass,
                    Arrays.stream(order.examples()[partition])
                            .mapToInt(numbers -> numbers.length)
                            .toArray());
        }
    }

    /** {@return where this partition's part of some steps leads} */
    synchronized RoundAnswer round(RoundOrder order) {
        if (steps == null) {
            long seed = seed(new Seed(order.begin().seed())).value();
            steps = settings.apply(Trainer.builder(model))
                    .seed(seed)
                    .execution(Execution.here())
                    .worker();
        }
        List<PlannedStep> mine = order.steps().stream()
                .filter(step -> step.hasExamples(partition))
                .toList();
        if (mine.isEmpty()) {
            return RoundAnswer.NONE;
        }
        try {
            List<StepOrder> orders =
                    mine.stream().map(step -> step.order(shard, partition)).toList();
            StepRounds.Round done = steps.run(order.begin().state(model), orders);
            return RoundAnswer.of(model, partition, mine, done);
        } catch (TrainingDivergedException e) {
            return RoundAnswer.failed(e);
        }
    }

    /** One worker alone draws what a training in one process would; further ones must not draw the same as the first. */
    private Seed seed(Seed seed) {
        return partition == 0 ? seed : seed.child(-partition);
    }

    @Override
    public synchronized void close() {
        model.close();
    }
}
