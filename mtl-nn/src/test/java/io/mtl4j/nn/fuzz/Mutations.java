package io.mtl4j.nn.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damages files at random: bytes, numbers of four bytes, parts that are cut out, doubled or put elsewhere, words of text. */
public final class Mutations {

    private static final int[] EXTREMES = {
        0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x10000, 0x7FFFFFF0, 255, 65_535
    };
    private static final List<String> WORDS = List.of(
            "-1",
            "0",
            "2147483647",
            "9223372036854775807",
            "1e308",
            "NaN",
            "null",
            "true",
            "{}",
            "[]",
            "\"\"",
            "\"",
            ",",
            "\t",
            "\r\n",
            "\n\n",
            "#",
            "../../etc/passwd",
            "java.lang.Runtime",
            "\u0000",
            "\uFFFD",
            "[[[[[[[[",
            "{\"type\":");

    private Mutations() {}

    /** {@return a damaged copy} */
    public static byte[] mutate(byte[] valid, RandomGenerator random) {
        byte[] bytes = valid;
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] bytes, RandomGenerator random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(bytes.length);
        int to = at + random.nextInt(Math.min(64, bytes.length - at) + 1);
        return switch (random.nextInt(8)) {
            case 0 -> overwrite(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
            case 1 -> overwrite(bytes, at, (byte) random.nextInt(256));
            case 2 -> overwrite(bytes, at, number(random));
            case 3 -> splice(bytes, 0, at, new byte[0], bytes.length);
            case 4 -> splice(bytes, 0, at, new byte[0], to);
            case 5 -> splice(bytes, 0, to, new byte[0], at);
            case 6 -> splice(bytes, 0, at, word(random), at);
            default -> splice(bytes, 0, at, word(random), to);
        };
    }

    private static byte[] number(RandomGenerator random) {
        int value = EXTREMES[random.nextInt(EXTREMES.length)];
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    private static byte[] word(RandomGenerator random) {
        return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] overwrite(byte[] bytes, int at, byte... with) {
        byte[] copy = bytes.clone();
        System.arraycopy(with, 0, copy, at, Math.min(with.length, copy.length - at));
        return copy;
    }

    /** The bytes from one place to another, something between, and the bytes from a third place to the end. */
    private static byte[] splice(byte[] bytes, int from, int to, byte[] between, int rest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, from, to - from);
        out.writeBytes(between);
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }
}
