package io.mtl4j.examples;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Prediction;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.weighting.Weightings;
import java.util.Random;
import org.nd4j.linalg.learning.config.Adam;

/** The smallest whole program: points in the plane, which quadrant each is in, and how far from the origin. */
public final class QuickStart {

    private QuickStart() {}

    /**
     * Trains a model of two tasks and predicts.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        Random random = new Random(1);
        float[][] points = new float[2000][2];
        int[] quadrants = new int[points.length];
        float[] distances = new float[points.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = new float[] {2 * random.nextFloat() - 1, 2 * random.nextFloat() - 1};
            quadrants[i] = (points[i][0] > 0 ? 1 : 0) + (points[i][1] > 0 ? 2 : 0);
            distances[i] = (float) Math.hypot(points[i][0], points[i][1]);
        }
        MultiTaskModel model = MultiTaskModel.builder()
                .input(Shape.vector(2))
                .encoder(Encoders.mlp().dense(64).dense(32))
                .task(Tasks.classification("quadrant", 4))
                .task(Tasks.regression("distance", 1))
                .seed(7)
                .build();
        MultiTaskData data = MultiTaskData.of(ArraySource.builder("input")
                .features(points)
                .labels("quadrant", Labels.classes(quadrants))
                .labels("distance", Labels.values(distances))
                .build());
        Trainer.builder(model)
                .weighting(Weightings.inverseLoss())
                .optimizer(new Adam(3e-3))
                .epochs(20)
                .build()
                .fit(data);
        Prediction answer = model.predict(0.3f, -0.4f);
        System.out.println("quadrant " + answer.task("quadrant").label() + ", distance "
                + answer.task("distance").value());
    }
}
