package io.mtl4j.nn.data.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Makes small files of pictures. */
final class TestFiles {

    private TestFiles() {}

    /** {@return an IDX file of bytes 0, 1, 2, ... modulo a number} */
    static byte[] idx(int modulo, int... dimensions) {
        int length = 1;
        for (int dimension : dimensions) {
            length *= dimension;
        }
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + length);
        buffer.putInt(0x0800 + dimensions.length);
        for (int dimension : dimensions) {
            buffer.putInt(dimension);
        }
        for (int i = 0; i < length; i++) {
            buffer.put((byte) (i % modulo));
        }
        return buffer.array();
    }

    /** {@return CIFAR-10 pictures of classes first, first + 1, ...; all pixels of picture i have the value 10 i + channel} */
    static byte[] cifar(int pictures, int first) {
        byte[] bytes = new byte[pictures * 3073];
        for (int i = 0; i < pictures; i++) {
            bytes[i * 3073] = (byte) ((first + i) % 10);
            for (int p = 0; p < 3072; p++) {
                bytes[i * 3073 + 1 + p] = (byte) (10 * i + p / 1024);
            }
        }
        return bytes;
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static Path write(Path folder, String name, byte[] bytes) {
        try {
            Files.createDirectories(folder);
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a data set laid out like MNIST. */
    static void mnist(Path folder, int train, int test) {
        write(folder, "train-images-idx3-ubyte.gz", gzip(idx(251, train, 28, 28)));
        write(folder, "train-labels-idx1-ubyte.gz", gzip(idx(10, train)));
        write(folder, "t10k-images-idx3-ubyte", idx(251, test, 28, 28));
        write(folder, "t10k-labels-idx1-ubyte", idx(10, test));
    }
}
