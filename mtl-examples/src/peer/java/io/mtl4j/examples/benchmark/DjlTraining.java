package io.mtl4j.examples.benchmark;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;

/** A reference network in DJL, trained on one batch in memory by the sum of its tasks' losses. */
final class DjlTraining implements AutoCloseable {

    private final Model model;
    private final Trainer trainer;
    private final Loss loss = Loss.softmaxCrossEntropyLoss();
    private final NDArray features;
    private final List<NDArray> labels = new ArrayList<>();

    DjlTraining(ReferenceModel reference) {
        model = Model.newInstance(reference.id());
        model.setBlock(DjlNetworks.of(reference));
        trainer = model.newTrainer(new DefaultTrainingConfig(loss)
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(1e-3f))
                        .build()));
        Shape shape = new Shape(reference.dimensions(reference.batch()));
        trainer.initialize(shape);
        NDManager manager = trainer.getManager();
        features = manager.randomNormal(shape);
        for (int k = 0; k < reference.tasks(); k++) {
            labels.add(
                    manager.randomInteger(0, ReferenceModel.CLASSES, new Shape(reference.batch()), DataType.INT64));
        }
    }

    /**
     * Does a training step.
     *
     * @return the tasks' losses, summed
     */
    float step() {
        float total;
        // The scope frees what the step makes.
        try (NDScope scope = new NDScope();
                GradientCollector collector = trainer.newGradientCollector()) {
            NDList logits = trainer.forward(new NDList(features));
            NDArray sum = null;
            for (int k = 0; k < labels.size(); k++) {
                NDArray one = loss.evaluate(new NDList(labels.get(k)), new NDList(logits.get(k)));
                sum = sum == null ? one : sum.add(one);
            }
            collector.backward(sum);
            total = sum.getFloat();
        }
        trainer.step();
        return total;
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
