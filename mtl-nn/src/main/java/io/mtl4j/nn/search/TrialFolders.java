package io.mtl4j.nn.search;

import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.KnownTypes;
import io.mtl4j.nn.persist.ModelFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder for each trial: its checkpoints, and the model of each of its results. */
record TrialFolders(Path folder, KnownTypes types) {

    private static final Pattern TRIAL = Pattern.compile("trial-\\d{5}");

    Path of(int trial) {
        return folder.resolve(name(trial));
    }

    private static String name(int trial) {
        return String.format(Locale.ROOT, "trial-%05d", trial);
    }

    private Path model(int trial, int budget) {
        return of(trial).resolve("result-" + budget + ".mtl");
    }

    void save(MultiTaskModel model, int trial, int budget) {
        ModelFiles.save(model, null, model(trial, budget), types);
    }

    MultiTaskModel load(TrialResult result) {
        return ModelFiles.load(model(result.trial(), result.budget()), types).model();
    }

    /** Removes the folders of all other trials. */
    void keepOnly(Set<Integer> trials) {
        List<String> kept = trials.stream().map(TrialFolders::name).toList();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(f -> TRIAL.matcher(f.getFileName().toString()).matches())
                    .filter(f -> !kept.contains(f.getFileName().toString()))
                    .forEach(TrialFolders::remove);
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /** Removes a folder with all that is in it. */
    static void remove(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw failed(tree, e);
        }
    }

    private static UncheckedIOException failed(Path path, IOException e) {
        return new UncheckedIOException(
                "folder " + path + " cannot be cleared (" + e.getMessage() + "); check its permissions", e);
    }
}
