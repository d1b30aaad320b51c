package io.mtl4j.nn.semi;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Examples of two classes with two views of each, so that unlabelled examples tell where the classes are: in each view a
 * blob a class, and noise that is independent of that of the other view.
 */
final class Moons {

    static final String TASK = "class";

    private Moons() {}

    /** Features of both views, 2 + 2; the first {@code labeled} examples have a label. */
    static ArraySource both(int size, int labeled, long seed) {
        return source(size, labeled, seed, 0, 4);
    }

    /** One view, 0 or 1. */
    static ArraySource view(int number, int size, int labeled, long seed) {
        return source(size, labeled, seed, 2 * number, 2);
    }

    private static ArraySource source(int size, int labeled, long seed, int from, int width) {
        RandomGenerator random = new Seed(seed).generator();
        float[][] rows = new float[size][width];
        int[] classes = new int[size];
        for (int i = 0; i < size; i++) {
            classes[i] = i % 2;
            for (int c = 0; c < 4; c++) {
                float value = (float) ((classes[i] == 0 ? -1 : 1) * 0.8 + 0.6 * random.nextGaussian());
                if (c >= from && c < from + width) {
                    rows[i][c - from] = value;
                }
            }
        }
        for (int i = labeled; i < size; i++) {
            classes[i] = Labels.MISSING;
        }
        return ArraySource.builder("input")
                .features(rows)
                .labels(TASK, Labels.classes(classes))
                .build();
    }

    static MultiTaskModel model(int features, long seed) {
        return MultiTaskModel.builder()
                .input(Shape.vector(features))
                .encoder(Encoders.mlp().dense(8))
                .task(Tasks.classification(TASK, 2))
                .seed(seed)
                .build();
    }

    static TrainerBuilder trainer(MultiTaskModel model) {
        return Trainer.builder(model).optimizer(new Adam(0.02)).batchSize(16).epochs(5);
    }
}
