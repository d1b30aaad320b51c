package io.mtl4j.nn.train;

import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.TwoTasks;
import io.mtl4j.nn.persist.TrainingState;
import io.mtl4j.schedule.Schedules;
import io.mtl4j.weighting.Weightings;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/** A training that remembers as much as one can: moments, running statistics, weights, schedule, stop rule. */
final class SmallTraining {

    static final int EPOCHS = 4;
    static final int STEPS = 6;

    private SmallTraining() {}

    static MultiTaskModel model() {
        return TwoTasks.model(3)
                .encoder(Encoders.mlp().batchNorm().dense(6).dropout(0.2).dense(4))
                .build();
    }

    static TrainerBuilder trainer(MultiTaskModel model) {
        return Trainer.builder(model)
                .optimizer(new Adam(0.02))
                .weighting(Weightings.dwa())
                .schedule(Schedules.stopping(Schedules.taskByTask(2), 3))
                .epochs(EPOCHS)
                .batchSize(4)
                .seed(5);
    }

    /** All numbers that a training ends with. */
    static List<Object> numbers(MultiTaskModel model, TrainingState state) {
        List<Object> numbers = new ArrayList<>();
        numbers.add(state.epoch());
        numbers.add(state.step());
        for (INDArray array : List.of(
                model.network().store().flat(),
                model.network().store().flatBuffers(0),
                state.last().parameters(),
                state.last().buffers(0),
                state.optimizer())) {
            for (double value : array.reshape(array.length()).toDoubleVector()) {
                numbers.add(Double.doubleToLongBits(value));
            }
        }
        state.methods()
                .forEach(method -> method.values().forEach((name, values) -> {
                    numbers.add(method.method() + " " + name);
                    for (double value : values) {
                        numbers.add(Double.doubleToLongBits(value));
                    }
                }));
        return numbers;
    }
}
