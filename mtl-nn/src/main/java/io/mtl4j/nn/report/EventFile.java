package io.mtl4j.nn.report;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of events as TensorBoard reads it: records, each with its length and two checksums (TensorFlow's {@code
 * lib/io/record_writer.h}), of protocol buffers (its {@code util/event.proto} and {@code framework/summary.proto}), of which
 * only these fields are written:
 *
 * <pre>
 * Event    { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }
 * Summary  { repeated Value value = 1; }
 * Value    { string tag = 1; float simple_value = 2; }
 * </pre>
 */
final class EventFile implements AutoCloseable {

    private static final int DOUBLE = 1;
    private static final int BYTES = 2;
    private static final int FLOAT = 5;
    private static final int MASK = 0xa282ead8;

    private final OutputStream out;

    /**
     * Begins a file.
     *
     * @param seconds the time since 1970
     */
    EventFile(Path file, double seconds) throws IOException {
        out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        fixed(event, 1, seconds);
        bytes(event, 3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        record(event.toByteArray());
    }

    /** Writes the numbers of a step, by tag. */
    void write(long step, double seconds, Map<String, Double> numbers) throws IOException {
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        numbers.forEach((tag, number) -> bytes(summary, 1, value(tag, number)));
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        fixed(event, 1, seconds);
        varint(event, 2 << 3);
        varint(event, step);
        bytes(event, 5, summary.toByteArray());
        record(event.toByteArray());
    }

    private static byte[] value(String tag, double number) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        bytes(value, 1, tag.getBytes(StandardCharsets.UTF_8));
        varint(value, 2 << 3 | FLOAT);
        value.writeBytes(little(Float.BYTES).putFloat((float) number).array());
        return value.toByteArray();
    }

    private static void fixed(ByteArrayOutputStream to, int field, double value) {
        varint(to, field << 3 | DOUBLE);
        to.writeBytes(little(Double.BYTES).putDouble(value).array());
    }

    private static void bytes(ByteArrayOutputStream to, int field, byte[] value) {
        varint(to, field << 3 | BYTES);
        varint(to, value.length);
        to.writeBytes(value);
    }

    /** Seven bits in each byte, the lowest first; the eighth says that more follow. */
    private static void varint(ByteArrayOutputStream to, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            to.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        to.write((int) rest);
    }

    private void record(byte[] data) throws IOException {
        byte[] length = little(Long.BYTES).putLong(data.length).array();
        out.write(length);
        out.write(little(Integer.BYTES).putInt(masked(length)).array());
        out.write(data);
        out.write(little(Integer.BYTES).putInt(masked(data)).array());
    }

    /** A checksum that does not confuse itself where data hold checksums. */
    private static int masked(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
