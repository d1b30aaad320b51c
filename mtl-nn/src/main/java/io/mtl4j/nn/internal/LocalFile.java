package io.mtl4j.nn.internal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file for readers that know the machine's own file system only, as the JDK's {@code ZipFile} and native code do: the file
 * itself where it lies there, or else, as in an archive or in memory, a copy that is removed when this is closed.
 */
public final class LocalFile implements AutoCloseable {

    private final Path path;
    private final boolean copied;

    private LocalFile(Path path, boolean copied) {
        this.path = path;
        this.copied = copied;
    }

    /**
     * {@return a file of any file system where it can be read}
     *
     * @param file the file
     * @throws IOException if it is of another file system and cannot be copied
     */
    public static LocalFile of(Path file) throws IOException {
        if (file.getFileSystem().equals(FileSystems.getDefault())) {
            return new LocalFile(file, false);
        }
        LocalFile copy = new LocalFile(Files.createTempFile("mtl4j", null), true);
        try {
            Files.copy(file, copy.path, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException e) {
            copy.close();
            throw e;
        }
    }

    /** {@return where it can be read} */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (copied) {
            Files.deleteIfExists(path);
        }
    }
}
