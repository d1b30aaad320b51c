package io.mtl4j.nn.data.image;

import io.mtl4j.nn.data.DataFileException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a binary file, packed by gzip or not (told by its first two bytes), and knows at which byte it is. All faults are
 * {@link DataFileException}s.
 */
final class BinaryInput implements Closeable {

    /** No gzip file unpacks to more than this many times its size. */
    private static final long BEST_COMPRESSION = 1032;

    private final String name;
    private final InputStream in;
    private final long limit;
    private long offset;

    private BinaryInput(String name, InputStream in, long limit) {
        this.name = name;
        this.in = in;
        this.limit = limit;
    }

    static BinaryInput open(Path file) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw DataFileException.of(name, "this is a folder; give the path of a file");
        }
        try {
            return open(name, Files.newInputStream(file), Files.size(file));
        } catch (NoSuchFileException e) {
            throw DataFileException.of(name, "no such file; check the path, or download the data set")
                    .because(e);
        } catch (IOException e) {
            throw DataFileException.of(name, "cannot be read: " + e.getMessage())
                    .because(e);
        }
    }

    /** Opens a stream, such as a resource of the class path. The stream is closed with this input, or on a fault. */
    static BinaryInput open(String name, InputStream stream, long length) {
        try {
            BufferedInputStream buffered = new BufferedInputStream(stream, 1 << 16);
            buffered.mark(2);
            boolean packed = buffered.read() == 0x1F && buffered.read() == 0x8B;
            buffered.reset();
            if (!packed) {
                return new BinaryInput(name, buffered, length);
            }
            long limit = length > Long.MAX_VALUE / BEST_COMPRESSION ? length : length * BEST_COMPRESSION;
            return new BinaryInput(name, new GZIPInputStream(buffered, 1 << 16), limit);
        } catch (IOException e) {
            DataFileException fault = fault(name, 0, "is cut off or damaged", e);
            try {
                stream.close();
            } catch (IOException closing) {
                fault.addSuppressed(closing);
            }
            throw fault;
        }
    }

    String name() {
        return name;
    }

    long offset() {
        return offset;
    }

    /** {@return the most bytes that the file can still hold, which is all there are if it is not packed} */
    long remaining() {
        return limit - offset;
    }

    /** {@return a 32-bit big-endian number} */
    int readInt(String what) {
        byte[] bytes = read(4, what);
        return (bytes[0] & 0xFF) << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
    }

    /** {@return the next bytes; memory is taken as they come, not as many as a damaged header promises} */
    byte[] read(int count, String what) {
        byte[] bytes;
        try {
            bytes = in.readNBytes(count);
        } catch (IOException e) {
            throw fault(name, offset, "is cut off or damaged in " + what, e);
        }
        offset += bytes.length;
        if (bytes.length < count) {
            throw DataFileException.atByte(
                    name,
                    offset,
                    "the file ends " + (count - bytes.length) + " bytes early, in " + what
                            + "; copy or download it again");
        }
        return bytes;
    }

    /** {@return all bytes up to the end, or the first of them if there are more than can be right} */
    byte[] readUpTo(int most, String what) {
        try {
            byte[] bytes = in.readNBytes(most);
            offset += bytes.length;
            return bytes;
        } catch (IOException e) {
            throw fault(name, offset, "is cut off or damaged in " + what, e);
        }
    }

    /** Checks that nothing follows. */
    void end(String what) {
        try {
            if (in.read() >= 0) {
                throw DataFileException.atByte(
                        name,
                        offset,
                        "there are more bytes after " + what
                                + "; the header and the length disagree, so get the file again");
            }
        } catch (IOException e) {
            throw fault(name, offset, "is damaged after " + what, e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw DataFileException.of(name, "cannot be closed: " + e.getMessage())
                    .because(e);
        }
    }

    private static DataFileException fault(String name, long offset, String problem, IOException e) {
        boolean damaged = e instanceof EOFException || e instanceof ZipException;
        String text = damaged
                ? "the packed file " + problem + " (" + e.getMessage() + "); copy or download it again"
                : "cannot be read: " + e.getMessage();
        return DataFileException.atByte(name, offset, text).because(e);
    }
}
