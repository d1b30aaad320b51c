package io.mtl4j.nn.data.download;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes what comes from the network to a file, counts it and sums it up. Filled by one thread and watched by another. */
final class DownloadSink implements Consumer<Optional<byte[]>>, Closeable {

    private final OutputStream out;
    private final long maxBytes;
    private final MessageDigest digest;
    private long expected = -1;
    private long received;
    private IOException fault;

    DownloadSink(Path file, long maxBytes) throws IOException {
        this.maxBytes = maxBytes;
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5, which every Java must have", e);
        }
        out = Files.newOutputStream(file);
    }

    @Override
    public synchronized void accept(Optional<byte[]> chunk) {
        if (chunk.isEmpty() || fault != null) {
            return;
        }
        byte[] bytes = chunk.get();
        received += bytes.length;
        if (received > maxBytes) {
            fault = new IOException("more than " + maxBytes + " bytes came; it is not the file wanted");
            return;
        }
        try {
            out.write(bytes);
            digest.update(bytes);
        } catch (IOException e) {
            // Thrown to the waiting thread by check(): this one belongs to the network.
            fault = e;
        }
    }

    synchronized void expect(long bytes) {
        expected = bytes;
    }

    synchronized long expected() {
        return expected;
    }

    synchronized long received() {
        return received;
    }

    synchronized void check() throws IOException {
        if (fault != null) {
            throw fault;
        }
    }

    synchronized String md5() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
