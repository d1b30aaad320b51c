package io.mtl4j.nn.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.BatchNorm;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainingResult;
import io.mtl4j.weighting.Weightings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ModelFilesTest {

    @TempDir
    private Path folder;

    private final KnownTypes types = KnownTypes.standard().with("LayersEncoder", Fixtures.LayersEncoder.class);
    private final MultiTaskData train = Fixtures.data(60, 40, DataType.FLOAT);

    private static MultiTaskModel model(DataType type) {
        return Fixtures.model(type, Fixtures.dense(6), new BatchNorm(0.1, 1e-5, Activation.RELU), Fixtures.dense(4));
    }

    private TrainingResult train(MultiTaskModel model, int epochs, TrainingState resumed) {
        Trainer trainer = Trainer.builder(model)
                .weighting(Weightings.dwa())
                .epochs(epochs)
                .batchSize(16)
                .seed(9)
                .build();
        return (resumed == null ? trainer : trainer.resume(resumed)).fit(train);
    }

    @Test
    void aLoadedModelPredictsBitForBitTheSame() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            MultiTaskModel model = model(type);
            train(model, 2, null);
            Path file = folder.resolve(type + "/model.mtl");
            ModelFiles.save(model, null, file, types);
            MultiTaskModel loaded = ModelFiles.load(file, types).model();
            assertEquals(model.architecture(), loaded.architecture());
            for (DataSource source : train.sources()) {
                INDArray features = source.batch(IntStream.range(0, 40).toArray(), null)
                        .features()
                        .castTo(type);
                assertEquals(
                        model.outputs(source.input(), features, null), loaded.outputs(source.input(), features, null));
            }
        }
    }

    @Test
    void aTrainingGoesOnFromAFileAsIfItHadNeverStopped() {
        MultiTaskModel unbroken = model(DataType.FLOAT);
        train(unbroken, 6, null);
        MultiTaskModel broken = model(DataType.FLOAT);
        TrainingResult half = train(broken, 3, null);
        Path file = folder.resolve("half.mtl");
        ModelFiles.save(broken, half.state(), file, types);
        ModelFiles.Loaded loaded = ModelFiles.load(file, types);
        train(loaded.model(), 6, loaded.training().orElseThrow());
        assertEquals(
                unbroken.network().store().flat(),
                loaded.model().network().store().flat());
    }

    @Test
    void everyTruncationAndManyFlippedBytesAreRefusedWithTheFilesName() throws IOException {
        Path file = folder.resolve("model.mtl");
        ModelFiles.save(model(DataType.FLOAT), null, file, types);
        byte[] whole = Files.readAllBytes(file);
        Path damaged = folder.resolve("damaged.mtl");
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(damaged, java.util.Arrays.copyOf(whole, length));
            refused(damaged);
        }
        int silent = 0;
        for (int at = 0; at < whole.length; at += 31) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            Files.write(damaged, flipped);
            silent += loadsTheSame(damaged) ? 1 : 0;
        }
        assertTrue(silent < whole.length / 31 / 2, silent + " flips in fields that zip readers ignore");
    }

    /** Either the load is refused, or the flipped bit was in a field such as a time stamp and the model is unharmed. */
    private boolean loadsTheSame(Path damaged) {
        MultiTaskModel loaded;
        try {
            loaded = ModelFiles.load(damaged, types).model();
        } catch (ModelFileException e) {
            return false;
        }
        assertEquals(
                model(DataType.FLOAT).network().store().flat(),
                loaded.network().store().flat());
        return true;
    }

    private void refused(Path damaged) {
        ModelFileException refusal = assertThrows(ModelFileException.class, () -> ModelFiles.load(damaged, types));
        assertTrue(refusal.getMessage().contains("damaged.mtl"), refusal.getMessage());
    }

    @Test
    void typesThatAreNotKnownAreRefusedWithTheCure() {
        Path file = folder.resolve("model.mtl");
        ModelFileException unknown = assertThrows(
                ModelFileException.class, () -> ModelFiles.save(model(DataType.FLOAT), folder.resolve("no.mtl")));
        assertTrue(unknown.getMessage().contains("LayersEncoder"), unknown.getMessage());
        assertFalse(Files.exists(folder.resolve("no.mtl")));
        ModelFiles.save(model(DataType.FLOAT), null, file, types);
        ModelFileException refusal = assertThrows(ModelFileException.class, () -> ModelFiles.load(file));
        assertTrue(refusal.getMessage().contains("KnownTypes.with"), refusal.getMessage());
    }

    @Test
    void aMissingFileIsRefused() {
        assertTrue(assertThrows(ModelFileException.class, () -> ModelFiles.load(folder.resolve("nothing.mtl")))
                .getMessage()
                .endsWith("there is no such file; give the path that save(...) wrote"));
    }
}
