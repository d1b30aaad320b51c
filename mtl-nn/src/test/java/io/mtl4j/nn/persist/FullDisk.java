package io.mtl4j.nn.persist;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A disk in memory that can be filled up to the last byte, and made free again. */
public final class FullDisk implements AutoCloseable {

    private static final int BLOCK = 512;

    private final FileSystem disk;
    private final Path filler;

    /**
     * Makes an empty disk.
     *
     * @param bytes its size
     */
    public FullDisk(long bytes) {
        disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setBlockSize(BLOCK)
                .setMaxSize(bytes)
                .setAttributeViews("basic", "posix")
                .build());
        filler = disk.getPath("/filler");
    }

    /** {@return a path on it} */
    public Path path(String name) {
        return disk.getPath(name);
    }

    /** Leaves room for so many bytes, rounded up to whole blocks of 512. */
    public void fill(long free) throws IOException {
        Files.deleteIfExists(filler);
        long room = disk.getFileStores().iterator().next().getUsableSpace();
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[BLOCK];
            for (long left = room - free; left >= BLOCK; left -= BLOCK) {
                out.write(block);
            }
        }
    }

    /** Makes room again. */
    public void free() throws IOException {
        Files.delete(filler);
    }

    /** {@return the names in a folder} */
    public static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
