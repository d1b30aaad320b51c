package io.mtl4j.nn.persist;

import java.nio.file.Path;

/** A model file cannot be read or written; the message names the file, what is wrong, and the cure. */
public final class ModelFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ModelFileException(Path file, String problem, Throwable cause) {
        super("model file " + file + ": " + problem, cause);
    }

    ModelFileException(Path file, String problem) {
        this(file, problem, null);
    }
}
