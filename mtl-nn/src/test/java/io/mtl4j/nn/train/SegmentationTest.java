package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.ImageDataSets;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Real digits on a noisy ground: one encoder, a head that says which digit it is, and one that says which pixels are ink. */
class SegmentationTest {

    private static final int SIDE = 28;

    private static ImageDataSet digits() {
        String data = System.getenv("MTL4J_DATA");
        assumeTrue(data != null, "skipped: environment variable MTL4J_DATA names no folder with data sets");
        Optional<ImageDataSet> found = ImageDataSets.builder()
                .dataDirectory(Path.of(data))
                .small(true)
                .build()
                .findMnist();
        assumeTrue(found.isPresent(), "skipped: no MNIST in " + data);
        return found.orElseThrow();
    }

    private static MultiTaskData scenes(LabeledPictures digits, int count, long seed) {
        RandomGenerator random = GradientCheck.random(seed);
        float[] pictures = new float[count * SIDE * SIDE];
        float[] masks = new float[pictures.length];
        int[] classes = new int[count];
        for (int i = 0; i < count; i++) {
            int which = (int) ((long) i * digits.size() / count);
            classes[i] = digits.classOf(which);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                int at = i * SIDE * SIDE + pixel;
                float ink = digits.pictures().pixel(which, 0, pixel / SIDE, pixel % SIDE) / 255f;
                masks[at] = ink > 0.5f ? 1 : 0;
                pictures[at] = ink + 0.3f * (float) random.nextGaussian();
            }
        }
        return MultiTaskData.of(ArraySource.builder("picture")
                .features(Nd4j.createFromArray(pictures).reshape(count, 1, SIDE, SIDE))
                .labels("digit", Labels.classes(classes))
                .labels("mask", Labels.of(Nd4j.createFromArray(masks).reshape(count, SIDE, SIDE)))
                .build());
    }

    @Test
    void findsTheInkOfEachDigitWithTheEncoderThatReadsThem() {
        ImageDataSet digits = digits();
        MultiTaskModel model = MultiTaskModel.builder()
                .input("picture", Shape.image(1, SIDE, SIDE))
                .encoder(Encoders.cnn().conv(16, 3).maxPool(2).conv(16, 3))
                .task(Tasks.classification("digit", 10).hidden(32))
                .task(Tasks.segmentation("mask", 2).classNames("ground", "ink").transposedConv(16, 4, 2))
                .seed(3)
                .build();
        Trainer.builder(model)
                .epochs(3)
                .batchSize(10)
                .optimizer(new Adam(6e-3))
                .seed(1)
                .build()
                .fit(scenes(digits.train(), 600, 1));
        Evaluation test = Evaluator.evaluate(model, scenes(digits.test(), 200, 2));
        // To say ground everywhere is right for seven pixels in eight, and has a mean IoU of 0.44.
        assertTrue(test.task("mask").metric("mean-iou") > 0.65, test.report());
        assertTrue(test.task("digit").metric("accuracy") > 0.6, test.report());
    }
}
