package io.mtl4j.nn.data.image;

import io.mtl4j.nn.data.DataFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a folder with the files of CIFAR-10, binary version: {@code data_batch_1.bin} to {@code data_batch_5.bin} and {@code
 * test_batch.bin}. Each may be packed by gzip ({@code .gz}), and may be cut into parts {@code data_batch_1a.bin}, {@code
 * data_batch_1b.bin} and so on, {@code test_batch_a.bin} likewise. Batches that are not there are left out, which {@link ImageDataSet#origin()} and the log
 * tell. In place of the batches, there may be one file {@code train2000.bin} and one {@code test1000.bin}, with any number.
 */
public final class CifarFolder {

    private static final Logger LOG = LoggerFactory.getLogger(CifarFolder.class);
    private static final Pattern TRAIN = Pattern.compile("(?:data_batch_(\\d)|train\\d*)(?:_?[a-z])?\\.bin(?:\\.gz)?");
    private static final Pattern TEST = Pattern.compile("(?:test_batch|test\\d*)(?:_?[a-z])?\\.bin(?:\\.gz)?");
    private static final int BATCHES = 5;

    private CifarFolder() {}

    /**
     * {@return CIFAR-10, or what of it is there}
     *
     * @param folder where the files are
     * @throws DataFileException if there is no training or no test file, a file is there twice, or is damaged
     */
    public static ImageDataSet read(Path folder) {
        List<Path> trainFiles = files(folder, TRAIN, "data_batch_1.bin");
        List<Path> testFiles = files(folder, TEST, "test_batch.bin");
        String origin = folder + batches(trainFiles);
        ImageDataSet data =
                new ImageDataSet("CIFAR-10", origin, CifarReader.read(trainFiles), CifarReader.read(testFiles));
        LOG.info("{}", data);
        return data;
    }

    private static List<Path> files(Path folder, Pattern pattern, String example) {
        List<Path> files = new Folder(folder).files(pattern);
        if (files.isEmpty()) {
            throw DataFileException.of(
                    folder.toString(),
                    "no file like " + example
                            + "; put the files of the binary version of CIFAR-10 there, packed by gzip or not");
        }
        Map<String, Path> parts = new TreeMap<>();
        for (Path file : files) {
            String part = file.getFileName().toString().replace(".gz", "");
            Path twin = parts.put(part, file);
            String whole = part.replaceFirst("_?[a-z]\\.bin$", ".bin");
            if (twin == null && !whole.equals(part)) {
                twin = parts.get(whole);
            }
            if (twin != null) {
                throw DataFileException.of(
                        file.toString(), "holds the same pictures as " + twin + "; keep one of both in the folder");
            }
        }
        return files;
    }

    private static String batches(List<Path> files) {
        Map<String, Integer> parts = new TreeMap<>();
        for (Path file : files) {
            Matcher matcher = TRAIN.matcher(file.getFileName().toString());
            if (matcher.matches() && matcher.group(1) != null) {
                parts.merge(matcher.group(1), 1, Integer::sum);
            }
        }
        return parts.isEmpty() || parts.size() == BATCHES
                ? ""
                : " (" + parts.size() + " of " + BATCHES + " training batches)";
    }
}
