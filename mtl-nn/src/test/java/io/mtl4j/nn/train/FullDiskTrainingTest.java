package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.TwoTasks;
import io.mtl4j.nn.persist.CheckpointFolder;
import io.mtl4j.nn.persist.FullDisk;
import io.mtl4j.nn.persist.KnownTypes;
import io.mtl4j.nn.persist.ModelFileException;
import io.mtl4j.nn.persist.ModelFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A disk that is full, or becomes so, costs no checkpoint that was there. */
class FullDiskTrainingTest {

    private final FullDisk disk = new FullDisk(1 << 18);
    private final Path folder = disk.path("/run/checkpoints");
    private final List<TrainingEvent> heard = new ArrayList<>();

    @AfterEach
    void remove() throws IOException {
        disk.close();
    }

    /** Tells after which step something happens to the disk. */
    private TrainingListener at(int epoch, int step, Happening happening) {
        return event -> {
            if (event instanceof TrainingEvent.StepDone done && done.epoch() == epoch && done.step() == step) {
                try {
                    happening.happen();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private interface Happening {
        void happen() throws IOException;
    }

    private TrainingResult train(MultiTaskModel model, TrainingListener... listeners) {
        TrainerBuilder trainer = SmallTraining.trainer(model)
                .checkpoints(Checkpoints.in(folder).everySteps(1).resuming())
                .listener(heard::add);
        for (TrainingListener listener : listeners) {
            trainer.listener(listener);
        }
        return trainer.build().fit(TwoTasks.data(1), TwoTasks.data(2));
    }

    private static List<Object> unbroken() {
        MultiTaskModel model = SmallTraining.model();
        TrainingResult result = SmallTraining.trainer(model).build().fit(TwoTasks.data(1), TwoTasks.data(2));
        return SmallTraining.numbers(model, result.state());
    }

    private long count(Class<? extends TrainingEvent> type) {
        return heard.stream().filter(type::isInstance).count();
    }

    private void assertAllWhole() throws IOException {
        for (String name : FullDisk.names(folder)) {
            ModelFiles.load(folder.resolve(name), KnownTypes.standard()); // refuses what is not whole
        }
    }

    @Test
    void aDiskThatIsFullForAWhileCostsOnlyTheCheckpointsOfThatWhile() throws IOException {
        MultiTaskModel model = SmallTraining.model();
        TrainingResult result = train(model, at(0, 2, () -> disk.fill(700)), at(1, 3, disk::free));
        assertEquals(unbroken(), SmallTraining.numbers(model, result.state()));
        TrainingEvent.CheckpointFailed failed = heard.stream()
                .filter(TrainingEvent.CheckpointFailed.class::isInstance)
                .map(TrainingEvent.CheckpointFailed.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(3, failed.step());
        assertTrue(failed.reason().contains("the space left"), failed.reason());
        assertTrue(count(TrainingEvent.CheckpointFailed.class) >= SmallTraining.STEPS);
        assertAllWhole();
        assertEquals(
                SmallTraining.numbers(model, result.state()),
                SmallTraining.numbers(
                        model,
                        new CheckpointFolder(folder, KnownTypes.standard())
                                .newest()
                                .orElseThrow()
                                .training()
                                .orElseThrow()));
    }

    @Test
    void aTrainingThatEndedOnAFullDiskGoesOnFromTheLastCheckpointThatFitted() throws IOException {
        MultiTaskModel model = SmallTraining.model();
        train(model, at(1, 1, () -> disk.fill(700)));
        assertAllWhole();
        String last = String.format("checkpoint-%012d.mtl", SmallTraining.STEPS + 1);
        assertTrue(FullDisk.names(folder).contains(last), FullDisk.names(folder).toString());
        disk.free();
        heard.clear();
        MultiTaskModel again = SmallTraining.model();
        TrainingResult result = train(again);
        assertEquals(unbroken(), SmallTraining.numbers(again, result.state()));
        assertEquals(0, count(TrainingEvent.CheckpointFailed.class));
    }

    @Test
    void aDiskThatIsFullFromTheStartIsFoundBeforeTheFirstStep() throws IOException {
        disk.fill(700);
        ModelFileException failure = assertThrows(ModelFileException.class, () -> train(SmallTraining.model()));
        assertTrue(failure.getMessage().contains("the space left"), failure.getMessage());
        assertEquals(0, count(TrainingEvent.StepDone.class));
        assertEquals(List.of(), FullDisk.names(folder));
    }

    @Test
    void diagnosticsThatNoLongerFitEndTheTrainingAndKeepItsCheckpoints() throws IOException {
        Path csv = disk.path("/run/gradients.csv");
        GradientDiagnostics diagnostics = Listeners.diagnostics(csv);
        UncheckedIOException failure = assertThrows(
                UncheckedIOException.class,
                () -> train(SmallTraining.model(), diagnostics, at(1, 1, () -> disk.fill(0))));
        assertTrue(
                failure.getMessage().startsWith("gradient diagnostics /run/gradients.csv: cannot be written"),
                failure.getMessage());
        assertAllWhole();
        assertFalse(new CheckpointFolder(folder, KnownTypes.standard()).newest().isEmpty());
        String written = Files.readString(csv);
        assertTrue(written.isEmpty() || written.startsWith("epoch,step,"), written);
    }
}
