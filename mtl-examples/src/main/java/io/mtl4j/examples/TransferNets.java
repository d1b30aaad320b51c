package io.mtl4j.examples;

import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.Standardizer;
import io.mtl4j.nn.data.image.ImageSource;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The network of {@link AddTask}, and how it is trained.
 *
 * @param seed of starts and trainings
 * @param oldSteps training steps before a task is added
 * @param newSteps training steps afterwards
 * @param pull the strength of L2-SP
 */
record TransferNets(long seed, int oldSteps, int newSteps, double pull) {

    static final String INPUT = "picture";
    private static final int BATCH = 64;
    private static final double RATE = 1e-3;

    TransferNets withNewSteps(int steps) {
        return new TransferNets(seed, oldSteps, steps, pull);
    }

    ModelBuilder model() {
        return MultiTaskModel.builder()
                .input(INPUT, Shape.image(1, 28, 28))
                .encoder(Encoders.cnn()
                        .conv(16, 3)
                        .maxPool(2)
                        .conv(32, 3)
                        .maxPool(2)
                        .dense(64))
                .seed(seed);
    }

    /** The number of the encoder's layers that learn. */
    int depth() {
        return 3;
    }

    ImageSource source(LabeledPictures pictures, Map<String, Labels> labels) {
        ImageSource.Builder builder =
                ImageSource.builder(INPUT).pictures(pictures.pictures()).standardizer(Standardizer.mnist());
        labels.forEach(builder::labels);
        return builder.build();
    }

    TrainerBuilder trainer(MultiTaskModel model, MultiTaskData data, int steps) {
        int perEpoch = (data.sources().get(0).size() + BATCH - 1) / BATCH;
        return Trainer.builder(model)
                .optimizer(new Adam(RATE))
                .batchSize(BATCH)
                .epochs(Math.max(1, Math.round((float) steps / perEpoch)))
                .seed(seed);
    }

    void train(MultiTaskModel model, MultiTaskData data, int steps, UnaryOperator<TrainerBuilder> more) {
        more.apply(trainer(model, data, steps)).build().fit(data);
    }
}
