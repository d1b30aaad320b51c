package io.mtl4j.nn.model;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import java.util.Random;

/** For tests of training: a value "a" and a class "b" of four numbers, 24 examples of them, and models for them. */
public final class TwoTasks {

    public static final int EXAMPLES = 24;

    private TwoTasks() {}

    /** A model that wants an encoder. */
    public static ModelBuilder model(long seed) {
        return MultiTaskModel.builder()
                .input(Shape.vector(4))
                .task(Tasks.regression("a", 1))
                .task(Tasks.classification("b", 3))
                .seed(seed);
    }

    public static MultiTaskData data(long seed) {
        Random random = new Random(seed);
        float[][] features = new float[EXAMPLES][4];
        float[] values = new float[EXAMPLES];
        int[] classes = new int[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
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
}
