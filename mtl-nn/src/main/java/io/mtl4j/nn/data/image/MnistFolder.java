package io.mtl4j.nn.data.image;

import io.mtl4j.nn.data.DataFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads a folder with the four IDX files of MNIST, or of a data set laid out like it, such as Fashion-MNIST: {@code
 * train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte}, {@code t10k-labels-idx1-ubyte},
 * with {@code .gz} or without. Other numbers may follow {@code train} and {@code t}: {@code train3000}, {@code t1000}.
 */
public final class MnistFolder {

    private static final String TRAIN = "train\\d*";
    private static final String TEST = "t\\d+k?";

    private MnistFolder() {}

    /**
     * {@return the handwritten digits of MNIST}
     *
     * @param folder where the files are
     * @throws DataFileException if a file is missing or damaged, or pictures and labels do not belong together
     */
    public static ImageDataSet read(Path folder) {
        return read(
                folder,
                "MNIST",
                IntStream.range(0, 10).mapToObj(String::valueOf).toList());
    }

    /**
     * {@return a data set laid out like MNIST}
     *
     * @param folder where the files are
     * @param name name of the data set
     * @param classNames names of its classes
     * @throws DataFileException if a file is missing or damaged, or pictures and labels do not belong together
     */
    public static ImageDataSet read(Path folder, String name, List<String> classNames) {
        return new ImageDataSet(
                name,
                folder.toString(),
                part(folder, TRAIN, "train", classNames),
                part(folder, TEST, "t10k", classNames));
    }

    private static LabeledPictures part(Path folder, String prefix, String example, List<String> classNames) {
        Folder files = new Folder(folder);
        Path images = files.file(
                Pattern.compile(prefix + "-images[-.]idx3-ubyte(\\.gz)?"), example + "-images-idx3-ubyte.gz");
        Path labels = files.file(
                Pattern.compile(prefix + "-labels[-.]idx1-ubyte(\\.gz)?"), example + "-labels-idx1-ubyte.gz");
        Pictures pictures = IdxReader.pictures(images);
        int[] classes = IdxReader.labels(labels, classNames.size());
        if (pictures.size() != classes.length) {
            throw DataFileException.of(
                    labels.toString(),
                    classes.length + " labels for " + pictures.size() + " pictures in " + images
                            + "; give two files that belong together");
        }
        return new LabeledPictures(pictures, classes, classNames);
    }
}
