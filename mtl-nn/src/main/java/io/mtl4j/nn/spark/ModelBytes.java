package io.mtl4j.nn.spark;

import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model as it is sent to other machines: a model file in memory.
 *
 * @param file the content of the file
 * @param types the types of which the model is made
 */
record ModelBytes(byte[] file, SparkTypes types) implements Serializable {

    static ModelBytes of(MultiTaskModel model, SparkTypes types) {
        return withFile(path -> {
            ModelFiles.save(model, null, path, types.get());
            return new ModelBytes(Files.readAllBytes(path), types);
        });
    }

    MultiTaskModel model() {
        return withFile(path -> {
            Files.write(path, file);
            return ModelFiles.load(path, types.get()).model();
        });
    }

    private interface Use<T> {
        T of(Path path) throws IOException;
    }

    private static <T> T withFile(Use<T> use) {
        try {
            Path path = Files.createTempFile("mtl4j", ".model");
            try {
                return use.of(path);
            } finally {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a model could not pass through the folder for temporary files", e);
        }
    }
}
