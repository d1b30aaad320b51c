package io.mtl4j.nn.search;

import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.TwoTasks;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.schedule.LearningRate;
import io.mtl4j.search.Configuration;
import io.mtl4j.search.SearchSpace;
import io.mtl4j.search.SearchStrategy;
import io.mtl4j.weighting.Weightings;
import java.util.List;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.learning.config.Adam;

/** A search over trainings of a few steps. */
final class SmallSearch {

    static final int STEPS_PER_EPOCH = 4;
    static final MultiTaskData TRAIN = TwoTasks.data(1);
    static final MultiTaskData VALIDATION = TwoTasks.data(2);
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

    static MultiTaskModel model(int units, long seed) {
        return TwoTasks.model(seed)
                .encoder(Encoders.mlp().dense(units).dropout(0.1))
                .build();
    }

    static TrainerBuilder trainer(Configuration configuration, long seed) {
        return Trainer.builder(model(configuration.integer("units"), seed))
                .weighting(Weightings.byName(configuration.choice("weighting")))
                .optimizer(new Adam(configuration.real("lr")))
                .batchSize(TwoTasks.EXAMPLES / STEPS_PER_EPOCH);
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
