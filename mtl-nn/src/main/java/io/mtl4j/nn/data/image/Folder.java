package io.mtl4j.nn.data.image;

import io.mtl4j.nn.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds files by patterns of names. */
record Folder(Path path) {

    /** {@return the files whose whole name matches, by name} */
    List<Path> files(Pattern pattern) {
        if (!Files.isDirectory(path)) {
            throw DataFileException.of(path.toString(), "no such folder; check the path");
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file ->
                            pattern.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw DataFileException.of(path.toString(), "cannot be listed: " + e.getMessage())
                    .because(e);
        }
    }

    /** {@return the one file whose name matches} */
    Path file(Pattern pattern, String example) {
        List<Path> files = files(pattern);
        if (files.size() != 1) {
            throw DataFileException.of(
                    path.toString(),
                    (files.isEmpty() ? "no file" : files.size() + " files " + files) + " like " + example
                            + "; put one there, packed by gzip or not");
        }
        return files.get(0);
    }
}
