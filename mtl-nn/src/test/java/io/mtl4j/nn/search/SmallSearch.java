package io.mtl4j.nn.search;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.schedule.LearningRate;
import io.mtl4j.search.Configuration;
import io.mtl4j.search.SearchSpace;
import io.mtl4j.search.SearchStrategy;
import io.mtl4j.weighting.Weightings;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.learning.config.Adam;

/** A search over trainings of a few steps. */
final class SmallSearch {

    static final int STEPS_PER_EPOCH = 4;
    static final MultiTaskData TRAIN = data(1);
    static final MultiTaskData VALIDATION = data(2);
    static final SearchSpace SPACE = SearchSpace.builder()
            .logUniform("lr", 1e-3, 1e-1)
            .integer("units", 2, 12)
            .choice("weighting", "equal", "dwa", "uncertainty")
            .build();

    private SmallSearch() {}

    static HyperparameterSearch of(SearchStrategy strategy) {
        return HyperparameterSearch.over(SPACE)
                .by(strategy)
                .objective(Objective.metric("b", "loss"))
                .seed(4);
    }

    private static MultiTaskData data(long seed) {
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
                .features(features)
                .labels("a", Labels.values(values))
                .labels("b", Labels.classes(classes))
                .build());
    }

    static MultiTaskModel model(int units, long seed) {
        return MultiTaskModel.builder()
                .input(Shape.vector(4))
                .encoder(Encoders.mlp().dense(units).dropout(0.1))
                .task(Tasks.regression("a", 1))
                .task(Tasks.classification("b", 3))
                .seed(seed)
                .build();
    }

    static TrainerBuilder trainer(Configuration configuration, long seed) {
        return Trainer.builder(model(configuration.integer("units"), seed))
                .weighting(Weightings.byName(configuration.choice("weighting")))
                .optimizer(new Adam(configuration.real("lr")))
                .batchSize(24 / STEPS_PER_EPOCH);
    }

    static TrainerBuilder cosine(Configuration configuration, long seed) {
        return trainer(configuration, seed).learningRate(LearningRate.cosine(0));
    }

    static List<Double> numbers(MultiTaskModel model) {
        return DoubleStream.of(model.network().store().flat().toDoubleVector())
                .boxed()
                .toList();
    }
}
