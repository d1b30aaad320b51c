package io.mtl4j.nn.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is replaced as a whole: readers see the old text or the new, never a part. */
final class PageFile {

    private final Path path;

    PageFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    Path path() {
        return path;
    }

    void write(String text) throws IOException {
        Files.createDirectories(path.getParent());
        Path aside = path.resolveSibling(path.getFileName() + ".part");
        try {
            Files.writeString(aside, text);
            Files.move(aside, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
