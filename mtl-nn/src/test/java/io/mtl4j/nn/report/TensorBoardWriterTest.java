package io.mtl4j.nn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.tensorflow.framework.Summary;

/** The file is read back by TensorFlow's own classes, which ND4J brings along, and by a checksum of bit by bit. */
class TensorBoardWriterTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T12:00:00.5Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    /** An event as a reader sees it. */
    private record Read(double time, long step, String version, Summary summary) {
        Map<String, Float> numbers() {
            Map<String, Float> numbers = new LinkedHashMap<>();
            summary.getValueList().forEach(v -> numbers.put(v.getTag(), v.getSimpleValue()));
            return numbers;
        }
    }

    private List<Read> read() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path only = files.reduce((a, b) -> {
                        throw new AssertionError("two files");
                    })
                    .orElseThrow();
            assertEquals(
                    "events.out.tfevents.1767355200.500000000.mtl4j",
                    only.getFileName().toString());
            return read(Files.readAllBytes(only));
        }
    }

    private static List<Read> read(byte[] file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Read> events = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertEquals(masked(length), in.getInt());
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            in.get(data);
            assertEquals(masked(data), in.getInt());
            events.add(event(CodedInputStream.newInstance(new ByteArrayInputStream(data))));
        }
        return events;
    }

    private static Read event(CodedInputStream in) throws IOException {
        double time = 0;
        long step = 0;
        String version = "";
        Summary summary = Summary.getDefaultInstance();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case 1 -> time = in.readDouble();
                case 2 -> step = in.readInt64();
                case 3 -> version = in.readString();
                case 5 -> summary = Summary.parseFrom(in.readByteArray());
                default -> throw new AssertionError("field " + (tag >>> 3));
            }
        }
        return new Read(time, step, version, summary);
    }

    /** Castagnoli's polynomial, bit by bit, and TensorFlow's mask. */
    private static int masked(byte[] data) {
        int crc = ~0;
        for (byte b : data) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
            }
        }
        crc = ~crc;
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    /** What TensorFlow 2 writes as the first record of every file, but for its time. */
    @Test
    void aFileBeginsAsTensorFlowBeginsIt() throws IOException {
        new TensorBoardWriter(folder, 1, CLOCK).on(Events.of(1, 1).started());
        TensorBoardWriter writer = new TensorBoardWriter(folder.resolve("again"), 1, CLOCK);
        writer.on(Events.of(1, 1).started());
        writer.close();
        byte[] bytes;
        try (Stream<Path> files = Files.list(folder.resolve("again"))) {
            bytes = Files.readAllBytes(files.findFirst().orElseThrow());
        }
        assertEquals("1800000000000000a37f4b22", HexFormat.of().formatHex(bytes, 0, 12), "length 24 and its checksum");
        assertEquals(40, bytes.length);
        assertArrayEquals("brain.Event:2".getBytes(), java.util.Arrays.copyOfRange(bytes, 23, 36));
    }

    @Test
    void everyNumberComesBack() throws IOException {
        TensorBoardWriter writer = new TensorBoardWriter(folder, 1, CLOCK);
        List<TrainingEvent> events = Events.of(2, 2).all();
        events.forEach(writer::on);
        writer.close();
        List<Read> read = read();
        assertEquals("brain.Event:2", read.get(0).version());
        assertEquals(1 + 2 * (Events.STEPS + 1), read.size());
        read.forEach(event -> assertEquals(1767355200.5, event.time()));
        TrainingEvent.StepDone first = (TrainingEvent.StepDone) events.get(3);
        Map<String, Float> step = read.get(1).numbers();
        assertEquals(1, read.get(1).step());
        assertEquals((float) first.losses()[1], step.get("loss/task b1/step"));
        assertEquals((float) first.weights()[0], step.get("weight/task a0"));
        assertEquals(0.01f, step.get("update/learning-rate"));
        assertEquals(16_000f, step.get("update/examples-per-second"), 0.01);
        assertTrue(step.containsKey("cosine/task a0/task b1"));
        assertTrue(step.containsKey("gradient-norm/task b1"));
        assertFalse(read.get(2).numbers().containsKey("gradient-norm/task b1"), "not known in this step");
        Read last = read.get(read.size() - 1);
        TrainingEvent.EpochDone epoch = (TrainingEvent.EpochDone) events.stream()
                .filter(TrainingEvent.EpochDone.class::isInstance)
                .reduce((a, b) -> b)
                .orElseThrow();
        assertEquals(2 * Events.STEPS, last.step());
        assertEquals(
                epoch.trainLosses().get("task a0").floatValue(), last.numbers().get("loss/task a0/train"));
        assertEquals(
                epoch.validation().get("task a0").get("accuracy").floatValue(),
                last.numbers().get("accuracy/task a0/validation"));
        assertEquals(8, last.numbers().size());
    }

    @Test
    void stepsCanBeFewerAndNumbersThatAreNoneAreLeftOut() throws IOException {
        TensorBoardWriter writer = new TensorBoardWriter(folder, 20, CLOCK);
        writer.on(Events.of(2, 300).started());
        for (int i = 0; i < Events.STEPS; i++) {
            writer.on(new TrainingEvent.StepDone(
                    200, i, new double[] {1, Double.NaN}, new double[] {1, 1}, Double.NaN, 1, 4, 0));
        }
        writer.close();
        List<Read> read = read();
        assertEquals(
                List.of(0L, 10_020L, 10_040L), read.stream().map(Read::step).toList());
        assertEquals(
                List.of("update/gradient-norm", "loss/task a0/step", "weight/task a0", "weight/task b1"),
                List.copyOf(read.get(1).numbers().keySet()));
    }

    @Test
    void badValuesAreRefused() throws IOException {
        String message = assertThrows(IllegalArgumentException.class, () -> TensorBoardWriter.in(folder, 0))
                .getMessage();
        assertEquals("TensorBoard: steps between two that are written = 0; it must be at least 1", message);
        Path file = Files.createFile(folder.resolve("file"));
        TensorBoardWriter writer = TensorBoardWriter.in(file);
        assertThrows(
                java.io.UncheckedIOException.class,
                () -> writer.on(Events.of(1, 1).started()));
    }
}
