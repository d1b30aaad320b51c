package io.mtl4j.nn.ensemble;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Trainer;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.learning.config.Adam;

/** Points in the plane: the quadrant, whether they are far out, and the distance from the origin. */
public final class Points {

    private Points() {}

    /** Random points with all labels. */
    public static ArraySource source(int size, long seed) {
        RandomGenerator random = new Seed(seed).generator();
        float[][] points = new float[size][2];
        int[] quadrants = new int[size];
        int[] far = new int[size];
        float[] distances = new float[size];
        for (int i = 0; i < size; i++) {
            points[i] = new float[] {2 * random.nextFloat() - 1, 2 * random.nextFloat() - 1};
            quadrants[i] = (points[i][0] > 0 ? 1 : 0) + (points[i][1] > 0 ? 2 : 0);
            distances[i] = 100 * (float) Math.hypot(points[i][0], points[i][1]);
            far[i] = distances[i] > 75 ? 1 : 0;
        }
        return ArraySource.builder("input")
                .features(points)
                .labels("quadrant", Labels.classes(quadrants))
                .labels("far", Labels.classes(far))
                .labels("distance", Labels.values(distances))
                .build();
    }

    /** Those points as data. */
    public static MultiTaskData data(int size, long seed) {
        return MultiTaskData.of(source(size, seed));
    }

    /** An untrained model of the three tasks. */
    public static MultiTaskModel model(long seed) {
        return MultiTaskModel.builder()
                .input(Shape.vector(2))
                .encoder(Encoders.mlp().dense(16))
                .task(Tasks.classification("quadrant", 4))
                .task(Tasks.binary("far"))
                .task(Tasks.regression("distance", 1).standardize(new double[] {75}, new double[] {30}))
                .seed(seed)
                .build();
    }

    /** A short training. */
    public static MultiTaskModel train(MultiTaskData data, long seed) {
        MultiTaskModel model = model(seed);
        Trainer.builder(model)
                .optimizer(new Adam(0.02))
                .epochs(5)
                .batchSize(32)
                .seed(seed)
                .build()
                .fit(data);
        return model;
    }
}
