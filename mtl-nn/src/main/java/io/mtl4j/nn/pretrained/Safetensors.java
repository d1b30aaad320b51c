package io.mtl4j.nn.pretrained;

import io.mtl4j.nn.data.DataFileException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A file of named arrays in the safetensors format: the length of a header (8 bytes, little-endian), the header as JSON, and
 * the numbers. It carries no code. What the header claims is checked against the length of the file before memory is taken:
 * arrays must lie side by side, without gaps or overlaps, from the end of the header to the end of the file.
 *
 * <p>Opening a file reads the header only; each array is read when it is asked for, so the file must stay in its place until
 * then. Safe to use from several threads.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">The format</a>
 */
public final class Safetensors {

    private static final int LENGTH_BYTES = 8;
    private static final int LONGEST_HEADER = 1 << 24;
    private static final int PIECE = 1 << 20;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final Path file;
    private final long start;
    private final Map<String, Tensor> tensors;

    private Safetensors(Path file, long start, Map<String, Tensor> tensors) {
        this.file = file;
        this.start = start;
        this.tensors = tensors;
    }

    /**
     * An array of the file.
     *
     * @param type its type as the file names it, such as {@code F32}
     * @param shape its shape; empty for a single number
     * @param from its first byte, behind the header
     * @param to the byte behind its last
     */
    public record Tensor(String type, List<Long> shape, long from, long to) {

        /** Copies the shape. */
        public Tensor {
            Objects.requireNonNull(type, "type");
            shape = List.copyOf(shape);
        }
    }

    /**
     * {@return a file whose header was read and checked}
     *
     * @param file the file
     * @throws DataFileException if it is missing or no safetensors file; the message says what is wrong in it
     */
    public static Safetensors open(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size < LENGTH_BYTES) {
                throw DataFileException.of(
                        file.toString(),
                        size + " bytes; a safetensors file begins with " + LENGTH_BYTES
                                + " bytes that tell the length of its header, so fetch the file again");
            }
            long length = bytes(channel, 0, LENGTH_BYTES).getLong();
            if (length < 2 || length > Math.min(LONGEST_HEADER, size - LENGTH_BYTES)) {
                throw DataFileException.atByte(
                        file.toString(),
                        0,
                        "a header of " + Long.toUnsignedString(length) + " bytes in a file of " + size
                                + "; it must have 2 to " + LONGEST_HEADER
                                + " and fit in: this is no safetensors file, or it was not fetched completely");
            }
            byte[] header =
                    bytes(channel, LENGTH_BYTES, Math.toIntExact(length)).array();
            long start = LENGTH_BYTES + length;
            return new Safetensors(file, start, new SafetensorsHeader(file.toString(), size - start).parse(header));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static DataFileException unreadable(Path file, IOException cause) {
        return DataFileException.of(file.toString(), "cannot be read: " + cause + "; check the path and the rights")
                .because(cause);
    }

    private static ByteBuffer bytes(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return buffer.flip();
    }

    /** {@return the arrays by name} */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /**
     * Reads an array.
     *
     * @param name its name
     * @return the numbers in single precision
     * @throws IllegalArgumentException if there is no such array
     * @throws DataFileException if it is of a type other than F16, BF16 and F32, empty, or too large for an array of Java, or
     *     the file cannot be read any more
     */
    public INDArray read(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    file + ": no array \"" + name + "\"; there are " + new TreeSet<>(tensors.keySet()));
        }
        NumberType type = NumberType.of(tensor.type())
                .orElseThrow(() -> DataFileException.of(
                        file.toString(),
                        "array \"" + name + "\" is of type " + tensor.type() + "; only " + List.of(NumberType.values())
                                + " can be read, so save the network as F32"));
        long count = (tensor.to() - tensor.from()) / type.width();
        if (count < 1 || count > LARGEST) {
            throw DataFileException.of(
                    file.toString(), "array \"" + name + "\" has " + count + " numbers; it must have 1 to " + LARGEST);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            float[] numbers = new float[(int) count];
            for (int from = 0; from < numbers.length; from += PIECE) {
                int piece = Math.min(PIECE, numbers.length - from);
                long at = start + tensor.from() + (long) from * type.width();
                type.decode(bytes(channel, at, piece * type.width()), numbers, from, piece);
            }
            return Nd4j.createFromArray(numbers)
                    .reshape(
                            'c',
                            tensor.shape().stream().mapToLong(Long::longValue).toArray());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
