package io.mtl4j.examples;

import io.mtl4j.examples.data.EmbeddedPictures;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.ImageDataSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The folder of the data, by option or by environment. */
final class DataFolder {

    @Option(names = "--data-dir", description = "Folder with the data; else the variable MTL4J_DATA.")
    private Path dataDir;

    /**
     * Finds a data file.
     *
     * @param name its path below the folder of the data
     * @param origin where people get it
     */
    Path file(String name, String origin) {
        Path file = path().orElseThrow(() -> new IllegalArgumentException(
                        "no folder of data given; set the option --data-dir or the environment"
                                + " variable MTL4J_DATA to the folder that holds " + name + " (" + origin + ")"))
                .resolve(name);
        if (!Files.isRegularFile(file)) {
            throw DataFileException.of(
                    file.toString(),
                    "no such file; set the option --data-dir or the environment variable MTL4J_DATA to the folder that"
                            + " holds " + name + " (" + origin + ")");
        }
        return file;
    }

    /** MNIST of the folder, or the small part of it that ships with the examples if no folder was given. */
    ImageDataSet digits() {
        return path().map(folder -> ImageDataSets.in(folder).mnist()).orElseGet(EmbeddedPictures::mnist);
    }

    /** The folder, if one was given. */
    Optional<Path> path() {
        return Optional.ofNullable(dataDir)
                .or(() -> Optional.ofNullable(System.getenv("MTL4J_DATA"))
                        .filter(variable -> !variable.isBlank())
                        .map(Path::of));
    }
}
