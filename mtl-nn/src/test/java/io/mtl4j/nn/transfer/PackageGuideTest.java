package io.mtl4j.nn.transfer;

import static io.mtl4j.nn.transfer.Copies.array;
import static io.mtl4j.nn.transfer.Copies.assertSameBits;
import static io.mtl4j.nn.transfer.Copies.scrambled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.sharing.Sharings;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.schedule.Schedules;
import java.nio.file.Path;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Adam;

/** The examples of package-info, and what they promise. */
class PackageGuideTest {

    @TempDir
    private Path folder;

    private static MultiTaskModel trained() {
        return scrambled(
                MultiTaskModel.builder()
                        .input(Shape.vector(4))
                        .encoder(Encoders.mlp().batchNorm().dense(8).dense(6).dense(5))
                        .task(Tasks.classification("digit", 3))
                        .build(),
                4);
    }

    private Path file() {
        Path file = folder.resolve("trained.mtl");
        ModelFiles.save(trained(), file);
        return file;
    }

    private static DataSource source(String task, int classes) {
        RandomGenerator random = GradientCheck.random(7);
        float[][] rows = new float[48][4];
        for (float[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                row[c] = (float) random.nextGaussian();
            }
        }
        int[] labels = IntStream.range(0, 48).map(i -> i % classes).toArray();
        return ArraySource.builder("input")
                .features(rows)
                .labels(task, Labels.classes(labels))
                .build();
    }

    private static void fit(TrainerBuilder trainer, DataSource source) {
        trainer.optimizer(new Adam(0.01)).batchSize(16).epochs(2).build().fit(MultiTaskData.of(source));
    }

    @Test
    void anEncoderOfAFileIsFrozenUpToADepth() {
        for (int depth = 1; depth <= 3; depth++) {
            MultiTaskModel model = Transfer.from(file()).model(m -> m.task(Tasks.binary("loop")));
            fit(Trainer.builder(model).schedule(Schedules.frozenBelow(depth)), source("loop", 2));
            for (int layer = 0; layer < 3; layer++) {
                String name = "encoder." + layer + ".0.W";
                if (layer < depth) {
                    assertSameBits(array(trained(), name), array(model, name), name);
                } else {
                    assertNotEquals(array(trained(), name), array(model, name), name);
                }
            }
        }
        MultiTaskModel model = Transfer.from(file()).model(m -> m.task(Tasks.binary("loop")));
        fit(Trainer.builder(model).schedule(Schedules.unfreezing(1)).layerDecay(0.7), source("loop", 2));
        assertSameBits(array(trained(), "encoder.0.0.W"), array(model, "encoder.0.0.W"), "its turn is not yet");
        assertNotEquals(array(trained(), "encoder.2.0.W"), array(model, "encoder.2.0.W"));
    }

    @Test
    void adaptersLearnOnAnEncoderThatStaysExactlyAsItWas() {
        MultiTaskModel model = Transfer.from(file())
                .model(m -> m.sharing(Sharings.adapters(8).frozen()).task(Tasks.binary("loop")));
        fit(Trainer.builder(model), source("loop", 2));
        MultiTaskModel back =
                Transfer.from(model).model(m -> m.sharing(Sharings.hard()).task(Tasks.binary("loop")));
        MultiTaskModel old = trained();
        assertSameBits(array(old, "encoder.0.0.W"), array(back, "encoder.0.0.W"), "weights");
        assertSameBits(
                old.network().store().flatBuffers(0), back.network().store().flatBuffers(0), "statistics");
        assertEquals(
                trained().network().store().declaredBuffers().size(),
                back.network().store().declaredBuffers().size());
    }

    @Test
    void aTaskIsAdded() {
        MultiTaskModel trained = trained();
        DataSource clothes = source("clothes", 4);
        MultiTaskModel model = Transfer.from(trained).plus(Tasks.classification("clothes", 4));
        Distillation.of(trained)
                .train(model, MultiTaskData.of(clothes), m -> Trainer.builder(m).epochs(1));
        assertNotEquals(array(trained, "encoder.0.0.W"), array(model, "encoder.0.0.W"));
        RehearsalMemory memory =
                RehearsalMemory.of(source("digit", 3), trained.tasks().get(0), 9, 1);
        Anchor anchor = Anchor.at(trained, Fisher.drawn(20, 1), MultiTaskData.of(source("digit", 3)));
        MultiTaskModel all = Transfer.from(trained).plus(Tasks.classification("clothes", 4));
        Distillation.of(trained)
                .train(
                        all,
                        MultiTaskData.of(memory.beside(clothes, 0.25)),
                        m -> Trainer.builder(m).epochs(1).penalty(anchor.penalty(m, 100)));
        assertNotEquals(array(model, "encoder.0.0.W"), array(all, "encoder.0.0.W"));
    }

    @Test
    void aTaskMayHaveNoLabelsIfThatIsSaid() {
        MultiTaskModel model = Transfer.from(trained()).plus(Tasks.classification("clothes", 4));
        DataSource clothes = source("clothes", 4);
        assertThrows(IllegalArgumentException.class, () -> fit(Trainer.builder(model), clothes));
        fit(Trainer.builder(model), new Unlabeled(clothes, "digit"));
        assertSameBits(array(trained(), "head:digit.0.W"), array(model, "head:digit.0.W"), "nothing to learn");
        assertEquals(Set.of("clothes", "digit"), new Unlabeled(clothes, "digit").tasks());
        assertEquals(
                "data source of input \"input\" has labels of task \"clothes\"; name tasks that it has none of",
                assertThrows(IllegalArgumentException.class, () -> new Unlabeled(clothes, "clothes"))
                        .getMessage());
    }
}
