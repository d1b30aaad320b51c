package io.mtl4j.nn.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** The examples of package-info, {@link EpisodeSource} and {@link MetaLearner}, with fewer steps. */
class PackageGuideTest {

    @Test
    void charactersOfAnotherAlphabet() {
        float[][] features = new float[150][4];
        int[] classes = new int[150];
        RandomGenerator random = new Seed(5).generator();
        for (int i = 0; i < 150; i++) {
            classes[i] = i % 6;
            for (int j = 0; j < 4; j++) {
                features[i][j] = (float) (Math.sin(7 * classes[i] + 3 * j) + 0.2 * random.nextGaussian());
            }
        }
        DataSource characters = ArraySource.builder("input").features(features).build();
        MultiTaskModel model = MultiTaskModel.builder()
                .input(Shape.vector(4))
                .encoder(Encoders.mlp().dense(8))
                .task(Tasks.classification("character", 5))
                .build();
        EpisodeSource problems =
                ClassEpisodes.of(characters, "character", classes).ways(5).shots(1);
        EpisodeSource newProblems = problems;
        Adaptation adaptation = Adaptation.of(5, 0.1);
        MetaLearner.builder(model, Maml.exactly(), adaptation)
                .steps(2)
                .seed(7)
                .build()
                .fit(problems);
        MetaEvaluation unseen = MetaEvaluation.of(model, adaptation.steps(10), newProblems, 3, 7);
        MultiTaskBatch fewExamples = problems.draw(new Seed(1).generator()).support();
        MultiTaskModel adapted = adaptation.steps(10).adapt(model, fewExamples);
        assertTrue(unseen.metric("character", "accuracy") >= 0.2);
        assertEquals(model.parameterCount(), adapted.parameterCount());
    }

    @Test
    void linesOfManySlopes() {
        EpisodeSource problems = random -> {
            double slope = random.nextGaussian();
            return new Episode(points(slope, 5, random), points(slope, 20, random));
        };
        MultiTaskModel model = MultiTaskModel.builder()
                .input(Shape.vector(1))
                .encoder(Encoders.mlp().dense(8))
                .task(Tasks.regression("height", 1))
                .build();
        Adaptation adaptation = Adaptation.of(5, 0.01);
        MetaLearner.builder(model, Maml.exactly(), adaptation)
                .optimizer(new Adam(1e-3))
                .episodes(4)
                .steps(2)
                .seed(7)
                .build()
                .fit(problems);
        MultiTaskBatch fewExamples = problems.draw(new Seed(1).generator()).support();
        MultiTaskModel adapted = adaptation.adapt(model, fewExamples);
        assertEquals(1, adapted.tasks().size());
    }

    private static MultiTaskBatch points(double slope, int count, RandomGenerator random) {
        INDArray x = Nd4j.createFromArray(random.doubles(count).toArray()).reshape('c', count, 1);
        return new MultiTaskBatch(Map.of("input", new SourceBatch(x, null, Map.of("height", x.mul(slope)), Map.of())));
    }
}
