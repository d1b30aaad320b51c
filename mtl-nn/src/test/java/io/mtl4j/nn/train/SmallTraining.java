package io.mtl4j.nn.train;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.TrainingState;
import io.mtl4j.schedule.Schedules;
import io.mtl4j.weighting.Weightings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A training that remembers as much as one can: moments, running statistics, weights, schedule, stop rule. */
final class SmallTraining {

    static final int EPOCHS = 4;
    static final int STEPS = 6;

    private SmallTraining() {}

    static MultiTaskModel model() {
        return MultiTaskModel.builder()
                .input(Shape.vector(4))
                .encoder(Encoders.mlp().batchNorm().dense(6).dropout(0.2).dense(4))
                .task(Tasks.regression("a", 1))
                .task(Tasks.classification("b", 3))
                .seed(3)
                .build();
    }

    static MultiTaskData data(long seed) {
        Random random = new Random(seed);
        float[][] features = new float[24][4];
        float[] values = new float[24];
        int[] classes = new int[24];
        for (int i = 0; i < features.length; i++) {
            for (int j = 0; j < 4; j++) {
                features[i][j] = (float) random.nextGaussian();
            }
            values[i] = features[i][0] - features[i][1];
            classes[i] = features[i][2] > 0.5 ? 2 : features[i][3] > 0 ? 1 : 0;
        }
        return MultiTaskData.of(ArraySource.builder(MultiTaskModel.DEFAULT_INPUT)
                .features(Nd4j.createFromArray(features))
                .labels("a", Labels.values(values))
                .labels("b", Labels.classes(classes))
                .build());
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
