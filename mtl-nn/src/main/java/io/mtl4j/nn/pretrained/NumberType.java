package io.mtl4j.nn.pretrained;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The types of numbers that can be read; each becomes single precision. */
enum NumberType {
    /** IEEE 754 half precision: 1 bit of sign, 5 of exponent, 10 of fraction. */
    F16(Short.BYTES) {
        @Override
        float next(ByteBuffer bytes) {
            int bits = bytes.getShort();
            int exponent = bits >> 10 & 0x1f;
            int fraction = bits & 0x3ff;
            int sign = bits & 0x8000;
            if (exponent == 0) {
                return Math.copySign(fraction * 0x1p-24f, sign == 0 ? 1 : -1);
            }
            int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
            return Float.intBitsToFloat(sign << 16 | wide << 23 | fraction << 13);
        }
    },
    /** The first half of single precision: 1 bit of sign, 8 of exponent, 7 of fraction. */
    BF16(Short.BYTES) {
        @Override
        float next(ByteBuffer bytes) {
            return Float.intBitsToFloat(bytes.getShort() << 16);
        }
    },
    /** Single precision. */
    F32(Float.BYTES) {
        @Override
        float next(ByteBuffer bytes) {
            return bytes.getFloat();
        }
    };

    private final int width;

    NumberType(int width) {
        this.width = width;
    }

    static Optional<NumberType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** {@return the bytes of a number} */
    int width() {
        return width;
    }

    /** Fills a part of an array. */
    void decode(ByteBuffer bytes, float[] numbers, int from, int count) {
        for (int i = 0; i < count; i++) {
            numbers[from + i] = next(bytes);
        }
    }

    abstract float next(ByteBuffer bytes);
}
