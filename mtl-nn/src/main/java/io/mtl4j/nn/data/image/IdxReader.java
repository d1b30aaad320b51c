package io.mtl4j.nn.data.image;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.layer.Shape;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads IDX files, the format of MNIST and Fashion-MNIST: two zero bytes, a byte for the type of the numbers, a byte for the
 * number of dimensions, the dimensions as 32-bit big-endian numbers, then the numbers. Unsigned bytes (type 8) are read;
 * pictures are {@code [pictures, height, width]} or {@code [pictures, channels, height, width]}, labels {@code [labels]}.
 * Files may be packed by gzip, whatever their names. Y. LeCun, C. Cortes, C. Burges, "The MNIST database".
 */
public final class IdxReader {

    private static final int UNSIGNED_BYTE = 8;

    private IdxReader() {}

    /**
     * {@return the pictures of a file}
     *
     * @param file an IDX file of 3 or 4 dimensions
     * @throws DataFileException if the file is missing, damaged or of another format
     */
    public static Pictures pictures(Path file) {
        try (BinaryInput in = BinaryInput.open(file)) {
            return pictures(in);
        }
    }

    /**
     * {@return the pictures of a stream, such as a resource of the class path}
     *
     * @param stream an IDX file of 3 or 4 dimensions; closed afterwards
     * @param name name for messages
     * @throws DataFileException if the content is damaged or of another format
     */
    public static Pictures pictures(InputStream stream, String name) {
        try (BinaryInput in = BinaryInput.open(name, stream, Long.MAX_VALUE)) {
            return pictures(in);
        }
    }

    /**
     * {@return the labels of a file}
     *
     * @param file an IDX file of 1 dimension
     * @param classes number of classes; labels must be from 0 to {@code classes - 1}
     * @throws DataFileException if the file is missing, damaged or of another format, or a label is out of range
     */
    public static int[] labels(Path file, int classes) {
        try (BinaryInput in = BinaryInput.open(file)) {
            return labels(in, classes);
        }
    }

    /**
     * {@return the labels of a stream, such as a resource of the class path}
     *
     * @param stream an IDX file of 1 dimension; closed afterwards
     * @param name name for messages
     * @param classes number of classes; labels must be from 0 to {@code classes - 1}
     * @throws DataFileException if the content is damaged or of another format, or a label is out of range
     */
    public static int[] labels(InputStream stream, String name, int classes) {
        try (BinaryInput in = BinaryInput.open(name, stream, Long.MAX_VALUE)) {
            return labels(in, classes);
        }
    }

    private static Pictures pictures(BinaryInput in) {
        int[] dimensions = header(in, "pictures", 3, 4);
        int channels = dimensions.length == 3 ? 1 : dimensions[1];
        int height = dimensions[dimensions.length - 2];
        int width = dimensions[dimensions.length - 1];
        return Pictures.of(Shape.image(channels, height, width), body(in, dimensions, "pictures"));
    }

    private static int[] labels(BinaryInput in, int classes) {
        int[] dimensions = header(in, "labels", 1, 1);
        long start = in.offset();
        byte[] bytes = body(in, dimensions, "labels");
        int[] labels = new int[bytes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = bytes[i] & 0xFF;
            if (labels[i] >= classes) {
                throw DataFileException.atByte(
                        in.name(),
                        start + i,
                        "label " + labels[i] + " of example " + i + "; there are " + classes
                                + " classes, so it must be from 0 to " + (classes - 1));
            }
        }
        return labels;
    }

    private static int[] header(BinaryInput in, String what, int fewest, int most) {
        int magic = in.readInt("the magic number");
        int count = magic & 0xFF;
        if (magic >>> 16 != 0 || (magic >> 8 & 0xFF) != UNSIGNED_BYTE || count < fewest || count > most) {
            String wanted = fewest == most ? "" + fewest : fewest + " or " + most;
            throw DataFileException.atByte(
                    in.name(),
                    0,
                    String.format(
                            "magic number 0x%08X; an IDX file of %s starts with 0x0000080n, n = %s dimensions: give such a file"
                                    + " (were pictures and labels swapped?)",
                            magic, what, wanted));
        }
        int[] dimensions = new int[count];
        for (int d = 0; d < count; d++) {
            dimensions[d] = in.readInt("dimension " + d);
            if (dimensions[d] < 1) {
                throw DataFileException.atByte(
                        in.name(),
                        in.offset() - 4,
                        "dimension " + d + " is "
                                + Integer.toUnsignedString(dimensions[d])
                                + "; it must be from 1 to 2147483647: the file is damaged, so get it again");
            }
        }
        return dimensions;
    }

    private static byte[] body(BinaryInput in, int[] dimensions, String what) {
        long length = 1;
        for (int dimension : dimensions) {
            // Cannot overflow: at most 2^31 times 2^31 before the check stops it.
            length *= dimension;
            if (length > Math.min(Integer.MAX_VALUE - 8, in.remaining())) {
                throw DataFileException.atByte(
                        in.name(),
                        4,
                        "the header promises " + Arrays.toString(dimensions) + " "
                                + what + ", which is more than " + (in.remaining() < length ? "the file holds" : "2 GB")
                                + "; the file is cut off or damaged, so get it again");
            }
        }
        byte[] bytes = in.read((int) length, what);
        in.end(what);
        return bytes;
    }
}
