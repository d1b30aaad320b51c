package io.mtl4j.nn.pretrained;

import io.mtl4j.nn.data.DataFileException;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A vector as ND4J writes it: a buffer of whole numbers with the shape, then a buffer with the numbers, each with its
 * allocation mode, length and type before it. ND4J's own reader takes as much memory as the file asks for.
 *
 * @param file name of the file, for messages
 * @param size the bytes that there are
 */
record Dl4jNumbers(String file, long size) {

    private static final int LONGEST_SHAPE = 68;
    private static final Map<String, Integer> WIDTHS = Map.of("INT", 4, "LONG", 8, "FLOAT", 4, "DOUBLE", 8);
    private static final List<String> SHORT_MODES = List.of("DIRECT", "HEAP", "JAVACPP");
    private static final List<String> LONG_MODES = List.of("LONG_SHAPE", "MIXED_DATA_TYPES");

    /** What stands before a buffer. */
    private record Header(long length, String type) {}

    /**
     * {@return the vector, a row}
     *
     * @param count the numbers that it must have
     */
    INDArray read(DataInputStream in, long count) throws IOException {
        Header shape = header(in);
        int width = WIDTHS.get(shape.type);
        if (shape.length < 3
                || shape.length > LONGEST_SHAPE
                || !List.of("INT", "LONG").contains(shape.type)) {
            throw wrong("its shape is " + shape.length + " numbers of type " + shape.type);
        }
        in.skipNBytes(shape.length * width); // a row, whatever it says
        Header numbers = header(in);
        if (numbers.length != count) {
            throw wrong("there are " + numbers.length + " weights where the configuration needs " + count);
        }
        if (count > Integer.MAX_VALUE - 8 || count * WIDTHS.get(numbers.type) > size) {
            throw wrong(count + " weights do not fit into " + size + " bytes");
        }
        return switch (numbers.type) {
            case "FLOAT" -> Nd4j.createFromArray(floats(in, (int) count)).reshape(1, count);
            case "DOUBLE" -> Nd4j.createFromArray(doubles(in, (int) count)).reshape(1, count);
            default -> throw wrong("its weights are of type " + numbers.type + "; FLOAT and DOUBLE can be read");
        };
    }

    private Header header(DataInputStream in) throws IOException {
        String mode = in.readUTF();
        if (!SHORT_MODES.contains(mode) && !LONG_MODES.contains(mode)) {
            throw wrong("an array begins with an unknown mode");
        }
        long length = SHORT_MODES.contains(mode) ? in.readInt() : in.readLong();
        String type = in.readUTF();
        if (!WIDTHS.containsKey(type)) {
            throw wrong("an array is of a type other than "
                    + WIDTHS.keySet().stream().sorted().toList());
        }
        return new Header(length, type);
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = in.readFloat();
        }
        return numbers;
    }

    private static double[] doubles(DataInputStream in, int count) throws IOException {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = in.readDouble();
        }
        return numbers;
    }

    private DataFileException wrong(String problem) {
        return DataFileException.of(
                file, "coefficients.bin: " + problem + "; the file is damaged, copy or save it again");
    }
}
