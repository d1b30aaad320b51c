package io.mtl4j.nn.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.Losses;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Models with heads that have layers or losses of their own come back from a file as they were. */
class HeadFilesTest {

    @TempDir
    private Path folder;

    private void comesBack(Shape input, Encoder encoder, Head head, long... shape) {
        MultiTaskModel model = MultiTaskModel.builder()
                .input("x", input)
                .encoder(encoder)
                .task(head)
                .seed(4)
                .build();
        Path file = folder.resolve("model.mtl");
        ModelFiles.save(model, file);
        MultiTaskModel loaded = ModelFiles.load(file);
        assertEquals(model.architecture(), loaded.architecture());
        INDArray x = GradientCheck.array(GradientCheck.random(2), 1, shape).castTo(DataType.FLOAT);
        assertEquals(model.outputs("x", x, null), loaded.outputs("x", x, null));
    }

    @Test
    void conditionalRandomField() {
        comesBack(
                Shape.sequence(3),
                Encoders.lstm().units(4).everyStep(),
                Tasks.tagging("slot", 3).classNames("O", "B-X", "I-X").hidden(5).crf(),
                2,
                4,
                3);
    }

    @Test
    void rankings() {
        Encoder encoder = Encoders.mlp().dense(4);
        comesBack(Shape.sequence(3), encoder, Tasks.ranking("relevance"), 2, 4, 3);
        comesBack(Shape.sequence(3), encoder, Tasks.ranking("relevance").loss(Losses.lambdaRank()), 2, 4, 3);
    }

    @Test
    void answersForEachPixel() {
        Encoder encoder = Encoders.cnn().conv(4, 3).maxPool(2);
        comesBack(
                Shape.image(1, 4, 4),
                encoder,
                Tasks.segmentation("mask", 3).transposedConv(4, 4, 2).hidden(5).l2(0.1),
                2,
                1,
                4,
                4);
        comesBack(
                Shape.image(1, 4, 4), encoder, Tasks.pixelRegression("depth", 1).upsample(2), 2, 1, 4, 4);
    }
}
