package io.mtl4j.examples.data;

import io.mtl4j.nn.data.image.IdxReader;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.LabeledPictures;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Two small sets of real pictures, 28 by 28, grey: 2,000 for training and 500 for tests each, all classes alike, classes in
 * turn. Enough to see a model learn; results on them say little about the full data sets.
 */
public final class EmbeddedPictures {

    private static final List<String> CLOTHES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private EmbeddedPictures() {}

    /** {@return handwritten digits of MNIST} */
    public static ImageDataSet mnist() {
        List<String> digits = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
        return read("MNIST", "mnist", digits);
    }

    /** {@return clothes of Fashion-MNIST} */
    public static ImageDataSet fashionMnist() {
        return read("Fashion-MNIST", "fashion", CLOTHES);
    }

    private static ImageDataSet read(String name, String prefix, List<String> classNames) {
        return new ImageDataSet(
                name, "the examples", part(prefix + "-train", classNames), part(prefix + "-test", classNames));
    }

    private static LabeledPictures part(String prefix, List<String> classNames) {
        String images = prefix + "-images-idx3-ubyte.gz";
        String labels = prefix + "-labels-idx1-ubyte.gz";
        return new LabeledPictures(
                IdxReader.pictures(open(images), images),
                IdxReader.labels(open(labels), labels, classNames.size()),
                classNames);
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(
                EmbeddedPictures.class.getResourceAsStream(name), () -> "resource " + name + " is missing");
    }
}
