package io.mtl4j.nn.data.image;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.layer.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the binary version of CIFAR-10: for each picture a byte for its class and 3,072 bytes for its pixels, planes of red,
 * green and blue, 32 rows of 32 each. A file may hold any number of pictures, and may be packed by gzip, whatever its name.
 * A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
 */
public final class CifarReader {

    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final Shape.Image SHAPE = Shape.image(3, 32, 32);
    private static final int PIXELS = 3 * 32 * 32;
    private static final int RECORD = 1 + PIXELS;
    static final int LARGEST = 60_000 * RECORD;

    private CifarReader() {}

    /** {@return the names of the ten classes} */
    public static List<String> classNames() {
        return CLASSES;
    }

    /**
     * {@return the pictures of some files, one after the other}
     *
     * @param files at least one
     * @throws DataFileException if a file is missing, empty, cut off or damaged, or a label is out of range
     */
    public static LabeledPictures read(List<Path> files) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no CIFAR-10 files; give at least one");
        }
        List<byte[]> parts = new ArrayList<>();
        long records = 0;
        for (Path file : files) {
            parts.add(records(file));
            records += parts.get(parts.size() - 1).length / RECORD;
        }
        if (records * PIXELS > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    records + " pictures are more than fit into one array; read fewer files");
        }
        byte[] pixels = new byte[(int) records * PIXELS];
        int[] labels = new int[(int) records];
        int next = 0;
        for (byte[] part : parts) {
            for (int from = 0; from < part.length; from += RECORD) {
                labels[next] = part[from];
                System.arraycopy(part, from + 1, pixels, next * PIXELS, PIXELS);
                next++;
            }
        }
        return new LabeledPictures(Pictures.of(SHAPE, pixels), labels, CLASSES);
    }

    private static byte[] records(Path file) {
        byte[] bytes;
        try (BinaryInput in = BinaryInput.open(file)) {
            bytes = in.readUpTo(LARGEST + 1, "the pictures");
        }
        if (bytes.length > LARGEST) {
            throw DataFileException.atByte(
                    file.toString(),
                    LARGEST,
                    "the file goes on after 60,000 pictures, all that CIFAR-10 has; it is no CIFAR-10 file, so give another");
        }
        int whole = bytes.length / RECORD;
        if (bytes.length == 0 || bytes.length % RECORD != 0) {
            throw DataFileException.atByte(
                    file.toString(),
                    (long) whole * RECORD,
                    "the file has " + bytes.length
                            + " bytes, which are " + whole + " pictures of " + RECORD + " bytes and "
                            + bytes.length % RECORD
                            + " bytes more; it is cut off or no CIFAR-10 file, so get it again");
        }
        for (int i = 0; i < whole; i++) {
            int label = bytes[i * RECORD] & 0xFF;
            if (label >= CLASSES.size()) {
                throw DataFileException.atByte(
                        file.toString(),
                        (long) i * RECORD,
                        "label " + label + " of picture " + i
                                + "; CIFAR-10 has classes 0 to 9, so the file is damaged or of another data set");
            }
        }
        return bytes;
    }
}
