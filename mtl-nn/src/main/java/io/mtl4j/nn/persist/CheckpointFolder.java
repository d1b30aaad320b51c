package io.mtl4j.nn.persist;

import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of checkpoints: model files that also hold what a training remembers, named by the number of steps done. Each is
 * written aside, forced to the disk and renamed, so that whatever happens, a file of that name is whole or damaged by
 * others; the latter is found by its checksums, and the one before it is taken.
 */
public final class CheckpointFolder {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
    private static final String BEST = "best.mtl";
    private static final Pattern NAME = Pattern.compile("checkpoint-\\d{12}\\.mtl");
    private static final Pattern UNFINISHED =
            Pattern.compile("(checkpoint-\\d{12}|best)\\.mtl\\..*" + Pattern.quote(FileFormat.ASIDE));

    private final Path folder;
    private final KnownTypes types;

    /**
     * Names a folder; nothing is read or written yet.
     *
     * @param folder the folder; made when it is needed
     * @param types the types that the files may hold
     */
    public CheckpointFolder(Path folder, KnownTypes types) {
        this.folder = Objects.requireNonNull(folder, "folder");
        this.types = Objects.requireNonNull(types, "types");
    }

    /**
     * Writes a checkpoint and removes the oldest ones.
     *
     * @param model the model
     * @param best the numbers that the model is to have if it is loaded for use
     * @param state what the training remembers
     * @param keep the number of checkpoints to leave, at least 1
     * @return the file
     * @throws ModelFileException if it cannot be written; those written before are still there
     */
    public Path save(MultiTaskModel model, Snapshot best, TrainingState state, int keep) {
        Path file = folder.resolve(String.format("checkpoint-%012d.mtl", state.step()));
        new ModelWriter(file, types).write(model, best, Optional.of(state));
        List<Path> all = newestFirst();
        all.subList(Math.min(keep, all.size()), all.size()).forEach(this::delete);
        return file;
    }

    /**
     * Writes the best model so far as {@code best.mtl}.
     *
     * @param model the model
     * @param best its numbers
     * @throws ModelFileException if it cannot be written; the one written before is still there
     */
    public void saveBest(MultiTaskModel model, Snapshot best) {
        new ModelWriter(folder.resolve(BEST), types).write(model, best, Optional.empty());
    }

    /** {@return the checkpoints that are there, the one with most steps first; damaged ones among them} */
    public List<Path> newestFirst() {
        return files(NAME).stream().sorted(Comparator.reverseOrder()).toList();
    }

    /**
     * {@return the newest checkpoint that can be read; empty if there is none} Damaged ones are named in the log.
     *
     * @throws ModelFileException if there are checkpoints and none of them can be read; of the newest, with the others as
     *     suppressed exceptions
     */
    public Optional<ModelFiles.Loaded> newest() {
        ModelFileException failure = null;
        for (Path file : newestFirst()) {
            try {
                return Optional.of(ModelFiles.load(file, types));
            } catch (ModelFileException e) {
                LOG.warn("checkpoint passed over: {}", e.getMessage());
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    /** Removes what writers left that were killed. */
    public void removeUnfinished() {
        files(UNFINISHED).forEach(this::delete);
    }

    private List<Path> files(Pattern names) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> names.matcher(f.getFileName().toString()).matches())
                    .toList();
        } catch (IOException e) {
            throw new ModelFileException(folder, "cannot be listed (" + e + "); check its permissions", e);
        }
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ModelFileException(file, "cannot be removed (" + e + "); check the folder's permissions", e);
        }
    }
}
