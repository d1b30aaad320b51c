package io.mtl4j.nn.persist;

import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Snapshot;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Saves and loads models.
 *
 * <pre>{@code
 * ModelFiles.save(model, path);
 * MultiTaskModel same = ModelFiles.load(path);
 * }</pre>
 *
 * <p>A loaded model predicts bit for bit what the saved one did. A file is written aside and renamed, so that a failure
 * leaves the old file as it was.
 */
public final class ModelFiles {

    private ModelFiles() {}

    /**
     * Saves a model.
     *
     * @param model the model
     * @param file where to, replaced if it is there
     * @throws ModelFileException if the file cannot be written, or a part of the model is not a known type
     */
    public static void save(MultiTaskModel model, Path file) {
        save(model, null, file, KnownTypes.standard());
    }

    /**
     * Saves a model and what its training remembers, so that the training can go on.
     *
     * @param model the model
     * @param state what {@code TrainingResult.state()} gave; null to save the model alone
     * @param file where to, replaced if it is there
     * @param types the types that the file may hold
     * @throws ModelFileException if the file cannot be written, or a part of the model is not a known type
     */
    public static void save(MultiTaskModel model, TrainingState state, Path file, KnownTypes types) {
        new ModelWriter(file, types).write(model, Snapshot.of(model), Optional.ofNullable(state));
    }

    /**
     * Loads a model.
     *
     * @param file the file
     * @return the model
     * @throws ModelFileException if the file is damaged, of another kind, or holds types that are not known
     */
    public static MultiTaskModel load(Path file) {
        return load(file, KnownTypes.standard()).model();
    }

    /**
     * Loads a model, and what its training remembers if that was saved.
     *
     * @param file the file
     * @param types the types that the file may hold
     * @return both
     * @throws ModelFileException if the file is damaged, of another kind, or holds types that are not known
     */
    public static Loaded load(Path file, KnownTypes types) {
        return new ModelReader(file, types).read();
    }

    /**
     * What a file held.
     *
     * @param model the model
     * @param training what the training remembers; empty if that was not saved
     */
    public record Loaded(MultiTaskModel model, Optional<TrainingState> training) {}
}
