package io.mtl4j.nn.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.DataFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class SafetensorsTest {

    private static final String ONE = "{'a':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]}}";

    @TempDir
    private Path folder;

    /** A file with this header (' for ") and data. */
    private Path file(String header, byte... data) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return file(json.length, json, data);
    }

    private Path file(long length, byte[] json, byte[] data) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put(json).put(data);
        return Files.write(folder.resolve("x.safetensors"), bytes.array());
    }

    private static byte[] floats(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return bytes.array();
    }

    private static String message(Path file) {
        return assertThrows(DataFileException.class, () -> Safetensors.open(file))
                .getMessage();
    }

    private void refused(String part, String header, byte... data) throws IOException {
        String message = message(file(header, data));
        assertTrue(message.contains(part), message);
    }

    @Test
    void readsArraysAndLeavesMetadataOut() throws IOException {
        Safetensors open = Safetensors.open(file(
                "{'__metadata__':{'format':'pt'},'b':{'dtype':'F32','shape':[],'data_offsets':[16,20]},"
                        + ONE.substring(1),
                floats(1, -2, 0.5f, 1e-30f, 7)));
        assertEquals(List.of("a", "b"), List.copyOf(open.tensors().keySet()));
        INDArray a = open.read("a");
        assertArrayEquals(new long[] {2, 2}, a.shape());
        assertArrayEquals(new float[] {1, -2, 0.5f, 1e-30f}, a.ravel().toFloatVector());
        assertEquals(7, open.read("b").getFloat(0));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> open.read("c"))
                .getMessage()
                .endsWith("no array \"c\"; there are [a, b]"));
    }

    @ParameterizedTest
    @CsvSource({
        "0x0000, 0",
        "0x8000, -0.0",
        "0x3c00, 1",
        "0xc000, -2",
        "0x7bff, 65504",
        "0x0001, 5.9604645e-8",
        "0x83ff, -6.097555e-5",
        "0x0400, 6.103515625e-5",
        "0x3555, 0.33325195",
        "0x7c00, Infinity",
        "0xfc00, -Infinity",
        "0x7e00, NaN"
    })
    void readsHalfPrecision(String bits, float value) {
        assertEquals(
                value,
                NumberType.F16.next(ByteBuffer.allocate(2)
                        .putShort((short) (int) Integer.decode(bits))
                        .flip()));
    }

    @ParameterizedTest
    @CsvSource({
        "0x3f80, 1",
        "0xc000, -2",
        "0x0001, 9.18355e-41",
        "0x7f7f, 3.3895314e38",
        "0x7f80, Infinity",
        "0x7fc0, NaN"
    })
    void readsTheFirstHalfOfSinglePrecision(String bits, float value) {
        assertEquals(
                value,
                NumberType.BF16.next(ByteBuffer.allocate(2)
                        .putShort((short) (int) Integer.decode(bits))
                        .flip()));
    }

    @Test
    void refusesHeadersThatDoNotFitTheFile() throws IOException {
        Path empty = Files.write(folder.resolve("empty"), new byte[5]);
        assertTrue(message(empty).contains("5 bytes; a safetensors file begins with 8 bytes"));
        for (long length : new long[] {-1, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 25, 100}) {
            assertTrue(message(file(length, "{}".getBytes(StandardCharsets.UTF_8), new byte[0]))
                    .contains("a header of " + Long.toUnsignedString(length) + " bytes in a file of 10"));
        }
        assertTrue(message(folder.resolve("missing")).contains("cannot be read"));
    }

    @Test
    void refusesHeadersThatAreWrong() throws IOException {
        byte[] data = new byte[16];
        refused("the JSON cannot be read (Unexpected end-of-input", "{'a':", data);
        refused("no JSON object", "[1]", data);
        refused("Duplicate", ONE.substring(0, ONE.length() - 1) + "," + ONE.substring(1), data);
        refused("is described by 3", "{'a':3}", data);
        refused("is described by", ONE.replace("'F32'", "4"), data);
        refused("is described by", ONE.replace("[2,2]", "[2,-2]"), data);
        refused("is described by", ONE.replace("[2,2]", "[4.0]"), data);
        refused("is described by", ONE.replace("[0,16]", "[0]"), data);
        refused("is described by", ONE.replace("16", "99999999999999999999"), data);
        refused("unknown type \"F33\"", ONE.replace("F32", "F33"), data);
        refused("they must be as many", ONE.replace("[2,2]", "[2,3]"), data);
        refused("they must be as many", ONE.replace("[2,2]", "[4294967296,4294967296,4]"), data);
        refused("they must be as many", ONE.replace("[0,16]", "[16,0]"), data);
        refused("they must be as many", ONE, new byte[15]);
        refused("the arrays end at byte 16 of 17", ONE, new byte[17]);
        refused("the arrays end at byte 0 of 16", "{}", data);
        String second = "," + ONE.substring(1).replace("'a'", "'b'");
        String two = ONE.substring(0, ONE.length() - 1);
        refused("array \"b\" begins at byte 0 where byte 16 is the next", two + second, data);
        refused("begins at byte 17 where byte 16 is the next", two + second.replace("[0,16]", "[17,33]"), new byte[33]);
        refused("begins at byte 15 where byte 16 is the next", two + second.replace("[0,16]", "[15,31]"), new byte[31]);
    }

    @Test
    void refusesNumbersItCannotRead() throws IOException {
        Safetensors whole = Safetensors.open(file(ONE.replace("F32", "I32"), new byte[16]));
        assertTrue(assertThrows(DataFileException.class, () -> whole.read("a"))
                .getMessage()
                .endsWith("array \"a\" is of type I32; only [F16, BF16, F32] can be read, so save the network as F32"));
        Safetensors none = Safetensors.open(file(ONE.replace("[2,2]", "[0]").replace("16", "0")));
        assertTrue(assertThrows(DataFileException.class, () -> none.read("a"))
                .getMessage()
                .contains("has 0 numbers"));
        Path shrinking = file(ONE, new byte[16]);
        Safetensors open = Safetensors.open(shrinking);
        Files.write(shrinking, Arrays.copyOf(Files.readAllBytes(shrinking), 40));
        assertTrue(assertThrows(DataFileException.class, () -> open.read("a"))
                .getMessage()
                .contains("became shorter"));
    }

    @Test
    void refusesMoreDimensionsThanAnArrayMayHave() throws IOException {
        String ones = "1,".repeat(32);
        refused(
                "array \"a\" has 33 dimensions; 32 at most can be read",
                "{'a':{'dtype':'F32','shape':[" + ones + "1],'data_offsets':[0,4]}}",
                floats(1));
    }
}
