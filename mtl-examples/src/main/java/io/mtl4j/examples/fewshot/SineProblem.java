package io.mtl4j.examples.fewshot;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.meta.Episode;
import io.mtl4j.nn.meta.EpisodeSource;
import io.mtl4j.nn.meta.MetaEvaluation;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Trainer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Sine waves of Finn, Abbeel and Levine, ICML 2017, section 5.1: amplitude from 0.1 to 5, phase from 0 to π, points at -5 to 5;
 * some points to adapt to, 20 to be judged by. Two hidden layers of 40 units.
 *
 * @param shots points to adapt to
 * @param pretraining number of waves to pretrain on, 20 points of each
 */
public record SineProblem(int shots, int pretraining) implements FewShotProblem {

    private static final String POINT = "point";
    private static final String HEIGHT = "height";
    private static final int QUERIES = 20;
    private static final double WIDEST = 5;

    /** A wave. */
    private record Wave(double amplitude, double phase) {

        static Wave draw(RandomGenerator random) {
            return new Wave(random.nextDouble(0.1, 5), random.nextDouble(0, Math.PI));
        }

        float[][] places(int count, RandomGenerator random) {
            float[][] x = new float[count][1];
            for (float[] each : x) {
                each[0] = (float) random.nextDouble(-WIDEST, WIDEST);
            }
            return x;
        }

        float height(float x) {
            return (float) (amplitude * Math.sin(x + phase));
        }

        MultiTaskBatch batch(int count, RandomGenerator random) {
            float[][] x = places(count, random);
            float[][] y = new float[count][1];
            for (int i = 0; i < count; i++) {
                y[i][0] = height(x[i][0]);
            }
            return new MultiTaskBatch(Map.of(
                    POINT,
                    new SourceBatch(Nd4j.createFromArray(x), null, Map.of(HEIGHT, Nd4j.createFromArray(y)), Map.of())));
        }
    }

    @Override
    public String name() {
        return "sine";
    }

    @Override
    public String description() {
        return shots + " points of a sine wave to adapt to, " + QUERIES + " others to judge";
    }

    @Override
    public String measure() {
        return "mean squared error, negative";
    }

    @Override
    public MultiTaskModel model(long seed) {
        return MultiTaskModel.builder()
                .input(POINT, Shape.vector(1))
                .encoder(Encoders.mlp().dense(40).dense(40))
                .task(Tasks.regression(HEIGHT, 1))
                .seed(seed)
                .build();
    }

    @Override
    public void pretrain(MultiTaskModel model, long seed) {
        RandomGenerator random = new Seed(seed).generator();
        float[][] x = new float[QUERIES * pretraining][];
        float[] y = new float[x.length];
        for (int i = 0; i < pretraining; i++) {
            Wave wave = Wave.draw(random);
            float[][] places = wave.places(QUERIES, random);
            for (int j = 0; j < QUERIES; j++) {
                x[i * QUERIES + j] = places[j];
                y[i * QUERIES + j] = wave.height(places[j][0]);
            }
        }
        Trainer.builder(model)
                .optimizer(new Adam(1e-3))
                .epochs(3)
                .seed(seed)
                .build()
                .fit(MultiTaskData.of(ArraySource.builder(POINT)
                        .features(x)
                        .labels(HEIGHT, Labels.values(y))
                        .build()));
    }

    @Override
    public EpisodeSource training() {
        return random -> {
            Wave wave = Wave.draw(random);
            return new Episode(wave.batch(shots, random), wave.batch(QUERIES, random));
        };
    }

    @Override
    public EpisodeSource validation() {
        return training();
    }

    @Override
    public EpisodeSource unseen() {
        return training();
    }

    @Override
    public double innerRate() {
        return 0.001;
    }

    @Override
    public List<Double> rates() {
        return List.of(0.001, 0.003, 0.01, 0.03);
    }

    @Override
    public double score(MetaEvaluation evaluation) {
        return -evaluation.loss(HEIGHT);
    }
}
