package io.mtl4j.nn.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files that are replaced as a whole: readers see the old content or the new, never a part, and a failure, as on a full disk,
 * leaves the old file as it was and nothing beside it.
 */
public final class WholeFile {

    private static final String ASIDE = ".part";

    private WholeFile() {}

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes it.
         *
         * @param out where to; buffered, and closed by the caller
         * @throws IOException if it cannot be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file aside and renames it.
     *
     * @param file where to, replaced if it is there; missing folders are made
     * @param content what it is to hold
     * @throws IOException if it cannot be written; a file that was there is as it was
     */
    public static void write(Path file, Content content) throws IOException {
        Path path = file.toAbsolutePath();
        if (!Files.isDirectory(path.getParent())) { // a link to one is one, which createDirectories would refuse
            Files.createDirectories(path.getParent());
        }
        Path aside = path.resolveSibling(path.getFileName() + "." + UUID.randomUUID() + ASIDE);
        try {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                content.writeTo(out);
            }
            Files.move(aside, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
