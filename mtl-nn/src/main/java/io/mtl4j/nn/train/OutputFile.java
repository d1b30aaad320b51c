package io.mtl4j.nn.train;

import io.mtl4j.nn.internal.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Files that a training leaves for people: written as a whole, with a message that names them where that fails. */
final class OutputFile {

    private OutputFile() {}

    /**
     * Writes a file.
     *
     * @param what what it is, for the message
     * @throws UncheckedIOException if it cannot be written; a file that was there is as it was
     */
    static void write(String what, Path file, WholeFile.Content content) {
        try {
            WholeFile.write(file, content);
        } catch (IOException e) {
            throw failed(what, file, e);
        }
    }

    /** {@return what to throw when a file cannot be written} */
    static UncheckedIOException failed(String what, Path file, IOException cause) {
        return new UncheckedIOException(
                what + " " + file.toAbsolutePath() + ": cannot be written (" + cause.getMessage()
                        + "); give a file in a folder where the application may write",
                cause);
    }
}
