package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.TwoTasks;
import io.mtl4j.nn.persist.CheckpointFolder;
import io.mtl4j.nn.persist.KnownTypes;
import io.mtl4j.nn.persist.ModelFileException;
import io.mtl4j.nn.persist.ModelFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training goes on from what it wrote down, whatever happened in between. */
class CheckpointsTest {

    private static List<Object> unbroken;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trainUnbroken() {
        MultiTaskModel model = SmallTraining.model();
        TrainingResult result = SmallTraining.trainer(model).build().fit(TwoTasks.data(1), TwoTasks.data(2));
        unbroken = SmallTraining.numbers(model, result.state());
    }

    private static TrainingResult fit(Trainer trainer) {
        return trainer.fit(TwoTasks.data(1), TwoTasks.data(2));
    }

    /** Trains until a step, as if told to stop there. */
    private TrainingResult trainUntil(long step, Checkpoints checkpoints, List<TrainingEvent> heard) {
        MultiTaskModel model = SmallTraining.model();
        Trainer[] trainer = new Trainer[1];
        long[] done = {0};
        trainer[0] = SmallTraining.trainer(model)
                .checkpoints(checkpoints)
                .listener(event -> {
                    heard.add(event);
                    if (event instanceof TrainingEvent.StepDone && ++done[0] == step) {
                        trainer[0].stop();
                    }
                })
                .build();
        return fit(trainer[0]);
    }

    private List<Object> resumed() {
        MultiTaskModel model = SmallTraining.model();
        TrainingResult result = fit(SmallTraining.trainer(model)
                .checkpoints(Checkpoints.in(folder).resuming())
                .build());
        return SmallTraining.numbers(model, result.state());
    }

    private List<Path> files() {
        return new CheckpointFolder(folder, KnownTypes.standard()).newestFirst();
    }

    @Test
    void aTrainingStoppedAtAnyStepEndsAsTheUnbrokenOne() throws IOException {
        for (int step = 1; step < SmallTraining.EPOCHS * SmallTraining.STEPS; step += 3) {
            TrainingResult broken = trainUntil(step, Checkpoints.in(folder), new ArrayList<>());
            assertEquals("stopped on request", broken.finished().reason());
            assertEquals(step, broken.state().step());
            assertEquals(unbroken, resumed(), "stopped at step " + step);
            for (Path file : files()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aStateHandedOverInMemoryIsAsGoodAsOneFromAFile() {
        MultiTaskModel model = SmallTraining.model();
        Trainer[] first = new Trainer[1];
        first[0] = SmallTraining.trainer(model)
                .listener(event -> {
                    if (event instanceof TrainingEvent.StepDone step && step.epoch() == 1 && step.step() == 2) {
                        first[0].stop();
                    }
                })
                .build();
        TrainingResult broken = fit(first[0]);
        assertEquals(SmallTraining.STEPS + 3, broken.state().step());
        TrainingResult rest = fit(SmallTraining.trainer(model).build().resume(broken.state()));
        assertEquals(unbroken, SmallTraining.numbers(model, rest.state()));
    }

    @Test
    void onlyTheLastFewAreKeptAndTheBestModelBesideThem() {
        List<TrainingEvent> heard = new ArrayList<>();
        trainUntil(20, Checkpoints.in(folder).everySteps(4).keep(2), heard);
        assertEquals(
                List.of("checkpoint-000000000020.mtl", "checkpoint-000000000018.mtl"),
                files().stream().map(file -> file.getFileName().toString()).toList());
        assertEquals(
                List.of(4L, 6L, 8L, 12L, 12L, 16L, 18L, 20L, 20L),
                heard.stream()
                        .filter(TrainingEvent.CheckpointWritten.class::isInstance)
                        .map(event -> ((TrainingEvent.CheckpointWritten) event).step())
                        .toList());
        MultiTaskModel best = ModelFiles.load(folder.resolve("best.mtl"));
        MultiTaskModel kept = ModelFiles.load(files().get(0));
        assertEquals(kept.network().store().flat(), best.network().store().flat());
    }

    @Test
    void checkpointsByTimeAreWritten() {
        List<TrainingEvent> heard = new ArrayList<>();
        trainUntil(5, Checkpoints.in(folder).everyMinutes(1e-4), heard);
        assertTrue(heard.stream().anyMatch(TrainingEvent.CheckpointWritten.class::isInstance));
    }

    @Test
    void aDamagedCheckpointIsPassedOverAndAllDamagedOnesAreAnError() throws IOException {
        trainUntil(14, Checkpoints.in(folder).everySteps(5), new ArrayList<>());
        Path newest = files().get(0);
        byte[] whole = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(whole, whole.length / 2));
        assertEquals(unbroken, resumed());
        for (Path file : files()) {
            Files.write(file, new byte[] {1, 2, 3});
        }
        ModelFileException failure = assertThrows(ModelFileException.class, this::resumed);
        assertEquals(2, failure.getSuppressed().length);
    }

    @Test
    void aFlippedByteIsFoundOrDoesNoHarm() throws IOException {
        trainUntil(3, Checkpoints.in(folder).keep(1), new ArrayList<>());
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        ModelFiles.Loaded good = ModelFiles.load(file, KnownTypes.standard());
        List<Object> numbers =
                SmallTraining.numbers(good.model(), good.training().orElseThrow());
        int found = 0;
        int tried = 0;
        for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 250)) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << (at % 8));
            Files.write(file, flipped);
            tried++;
            try {
                ModelFiles.Loaded loaded = ModelFiles.load(file, KnownTypes.standard());
                assertEquals(
                        numbers,
                        SmallTraining.numbers(loaded.model(), loaded.training().orElseThrow()),
                        "byte " + at);
            } catch (ModelFileException e) {
                found++;
            }
        }
        assertTrue(found > tried / 2, found + " of " + tried);
    }

    @Test
    void leftoversOfKilledWritersAreRemoved() throws IOException {
        Files.createDirectories(folder);
        Path left = Files.write(folder.resolve("checkpoint-000000000003.mtl.0-1.part"), new byte[] {1});
        Path other = Files.write(folder.resolve("notes.part"), new byte[] {1});
        trainUntil(1, Checkpoints.in(folder), new ArrayList<>());
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(other));
    }

    @Test
    void aFolderThatCannotBeWrittenIsFoundBeforeTheFirstStep() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {1});
        List<TrainingEvent> heard = new ArrayList<>();
        ModelFileException failure = assertThrows(
                ModelFileException.class, () -> trainUntil(1, Checkpoints.in(file.resolve("within")), heard));
        assertTrue(failure.getMessage().contains("cannot be written"), failure.getMessage());
        assertTrue(heard.stream().noneMatch(TrainingEvent.StepDone.class::isInstance));
    }

    @Test
    void aCheckpointThatFailsLaterIsToldAndTrainingGoesOn() {
        List<TrainingEvent> heard = new ArrayList<>();
        Path within = folder.resolve("within");
        MultiTaskModel model = SmallTraining.model();
        TrainingResult result = fit(SmallTraining.trainer(model)
                .checkpoints(Checkpoints.in(within))
                .listener(heard::add)
                .listener(event -> replaceByFile(event, within))
                .build());
        assertEquals(unbroken, SmallTraining.numbers(model, result.state()));
        assertTrue(heard.stream().anyMatch(TrainingEvent.CheckpointFailed.class::isInstance));
    }

    private static void replaceByFile(TrainingEvent event, Path folder) {
        if (event instanceof TrainingEvent.StepDone done && done.epoch() == 0 && done.step() == 2) {
            try {
                for (Path file : new CheckpointFolder(folder, KnownTypes.standard()).newestFirst()) {
                    Files.delete(file);
                }
                Files.delete(folder);
                Files.write(folder, new byte[] {1});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void whatWouldMixTrainingsIsRefused() {
        trainUntil(2, Checkpoints.in(folder), new ArrayList<>());
        assertTrue(assertThrows(
                        IllegalStateException.class, () -> trainUntil(2, Checkpoints.in(folder), new ArrayList<>()))
                .getMessage()
                .contains("has checkpoints of another training"));
        MultiTaskModel other = MultiTaskModel.builder()
                .input(Shape.vector(4))
                .encoder(Encoders.mlp().dense(2))
                .task(Tasks.regression("a", 1))
                .task(Tasks.classification("b", 3))
                .build();
        Trainer trainer = Trainer.builder(other)
                .checkpoints(Checkpoints.in(folder).resuming())
                .seed(5)
                .build();
        assertTrue(assertThrows(IllegalArgumentException.class, () -> fit(trainer))
                .getMessage()
                .contains("are of another model"));
        assertThrows(
                IllegalArgumentException.class, () -> Checkpoints.in(folder).everySteps(0));
        assertThrows(
                IllegalArgumentException.class, () -> Checkpoints.in(folder).everyMinutes(0));
        assertThrows(
                IllegalArgumentException.class, () -> Checkpoints.in(folder).keep(0));
    }
}
