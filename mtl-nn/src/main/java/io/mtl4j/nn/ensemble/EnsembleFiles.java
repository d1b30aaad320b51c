package io.mtl4j.nn.ensemble;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.nn.internal.WholeFile;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.nn.persist.KnownTypes;
import io.mtl4j.nn.persist.ModelFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Saves and loads ensembles: a folder with a model file for each member ({@code member-0.mtl}, ...) and each learner of a
 * {@link Stacking} ({@code learner-0.mtl}, ...), and {@code ensemble.json}, which says how they go together and is written
 * last. A loaded ensemble predicts bit for bit what the saved one did.
 */
public final class EnsembleFiles {

    private static final String FORMAT = "mtl4j-ensemble";
    private static final int VERSION = 1;
    private static final String MANIFEST = "ensemble.json";
    private static final String AVERAGE = "average";
    private static final String VOTE = "vote";
    private static final String STACKING = "stacking";
    private static final int MOST_JSON_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private EnsembleFiles() {}

    /** The first file to read. */
    record Manifest(
            String format, int version, int members, String combination, List<Double> weights, List<String> stacked) {}

    /**
     * Saves an ensemble of models.
     *
     * @param ensemble the ensemble
     * @param folder where to, made if it is not there; files of an ensemble in it are replaced
     * @throws IllegalArgumentException if a member is not a {@link MultiTaskModel}, or the combination not of this library
     * @throws UncheckedIOException if the folder cannot be written
     */
    public static void save(Ensemble ensemble, Path folder) {
        save(ensemble, folder, KnownTypes.standard());
    }

    /**
     * Saves an ensemble of models with parts of the user's own.
     *
     * @param ensemble the ensemble
     * @param folder where to, made if it is not there; files of an ensemble in it are replaced
     * @param types the types that the models may hold
     * @throws IllegalArgumentException if a member is not a {@link MultiTaskModel}, or the combination not of this library
     * @throws UncheckedIOException if the folder cannot be written
     */
    public static void save(Ensemble ensemble, Path folder, KnownTypes types) {
        List<MultiTaskModel> models = models(ensemble);
        Manifest manifest = manifest(ensemble.combination(), models.size());
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(MANIFEST));
            for (int m = 0; m < models.size(); m++) {
                ModelFiles.save(models.get(m), null, folder.resolve(member(m)), types);
            }
            if (ensemble.combination() instanceof Stacking stacking) {
                for (int k = 0; k < manifest.stacked().size(); k++) {
                    ModelFiles.save(stacking.learners().get(manifest.stacked().get(k)), folder.resolve(learner(k)));
                }
            }
            byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
            WholeFile.write(folder.resolve(MANIFEST), out -> out.write(json));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "ensemble " + folder + " cannot be written; check the folder, its permissions and the space left",
                    e);
        }
    }

    /**
     * Loads an ensemble.
     *
     * @param folder where it was saved
     * @return the ensemble
     * @throws IllegalArgumentException if the folder holds no ensemble, or one of a newer version
     * @throws UncheckedIOException if a file cannot be read
     * @throws io.mtl4j.nn.persist.ModelFileException if the file of a member is damaged or missing
     */
    public static Ensemble load(Path folder) {
        return load(folder, KnownTypes.standard());
    }

    /**
     * Loads an ensemble of models with parts of the user's own.
     *
     * @param folder where it was saved
     * @param types the types that the models may hold
     * @return the ensemble
     * @throws IllegalArgumentException if the folder holds no ensemble, or one of a newer version
     * @throws UncheckedIOException if a file cannot be read
     * @throws io.mtl4j.nn.persist.ModelFileException if the file of a member is damaged or missing
     */
    public static Ensemble load(Path folder, KnownTypes types) {
        Manifest manifest = read(folder);
        List<MultiTaskModel> models = new ArrayList<>();
        for (int m = 0; m < manifest.members(); m++) {
            models.add(ModelFiles.load(folder.resolve(member(m)), types).model());
        }
        Combination combination = switch (manifest.combination()) {
            case AVERAGE -> new Average(manifest.weights());
            case VOTE -> new Vote();
            case STACKING -> stacking(folder, manifest.stacked());
            default ->
                throw new IllegalArgumentException("ensemble " + folder + ": combination \"" + manifest.combination()
                        + "\" is not known; use the version of the library that wrote it");
        };
        return new Ensemble(models, combination);
    }

    private static Stacking stacking(Path folder, List<String> tasks) {
        Map<String, MultiTaskModel> learners = new LinkedHashMap<>();
        for (int k = 0; k < tasks.size(); k++) {
            learners.put(tasks.get(k), ModelFiles.load(folder.resolve(learner(k))));
        }
        return new Stacking(learners);
    }

    private static Manifest read(Path folder) {
        Path file = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no file " + file + "; give the folder in which an ensemble was saved");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] json = in.readNBytes(MOST_JSON_BYTES + 1);
            if (json.length > MOST_JSON_BYTES) {
                throw new IllegalArgumentException(
                        file + ": longer than " + MOST_JSON_BYTES + " bytes, so it describes no ensemble");
            }
            Manifest manifest = JSON.readValue(json, Manifest.class);
            if (manifest == null) {
                throw new IllegalArgumentException(file + ": it says null and nothing else; take another copy");
            }
            if (!FORMAT.equals(manifest.format()) || manifest.version() != VERSION) {
                throw new IllegalArgumentException(file + ": format \"" + manifest.format() + "\" of version "
                        + manifest.version() + "; this library reads \"" + FORMAT + "\" of version " + VERSION);
            }
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("ensemble " + folder + ": " + MANIFEST + " cannot be read", e);
        }
    }

    private static List<MultiTaskModel> models(Ensemble ensemble) {
        List<MultiTaskModel> models = new ArrayList<>();
        for (Predictor member : ensemble.members()) {
            if (!(member instanceof MultiTaskModel model)) {
                throw new IllegalArgumentException("member " + models.size() + " is a "
                        + member.getClass().getSimpleName() + "; only ensembles of models can be saved");
            }
            models.add(model);
        }
        return models;
    }

    private static Manifest manifest(Combination combination, int members) {
        if (combination instanceof Average average) {
            return new Manifest(FORMAT, VERSION, members, AVERAGE, average.weights(), List.of());
        } else if (combination instanceof Vote) {
            return new Manifest(FORMAT, VERSION, members, VOTE, List.of(), List.of());
        } else if (combination instanceof Stacking stacking) {
            List<String> tasks = List.copyOf(stacking.learners().keySet());
            return new Manifest(FORMAT, VERSION, members, STACKING, List.of(), tasks);
        }
        throw new IllegalArgumentException(
                "combination " + combination + " is none of this library; save the members one by one with ModelFiles");
    }

    private static String member(int m) {
        return "member-" + m + ".mtl";
    }

    private static String learner(int k) {
        return "learner-" + k + ".mtl";
    }
}
