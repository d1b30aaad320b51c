package io.mtl4j.examples;

import io.mtl4j.data.Split;
import io.mtl4j.data.Splits;
import io.mtl4j.examples.data.EmbeddedPictures;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.download.Downloader;
import io.mtl4j.nn.data.image.Augmentation;
import io.mtl4j.nn.data.image.Augmentations;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.ImageDataSets;
import io.mtl4j.nn.data.image.ImageSource;
import io.mtl4j.nn.data.image.LabeledPictures;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The pictures of {@link MnistCifar10}, split for training, validation and test.
 *
 * @param digits MNIST
 * @param objects CIFAR-10, or Fashion-MNIST in its place
 */
record PictureData(Part digits, Part objects) {

    /**
     * One data set as three sources of one input.
     *
     * @param picture what the pictures are
     * @param origin where they come from, in words
     * @param train augmented
     * @param heldOut for weights that learn from data of their own
     * @param validation held out of the training part
     * @param test the official test part
     */
    record Part(
            JointModel.Picture picture,
            String origin,
            DataSource train,
            Optional<DataSource> heldOut,
            DataSource validation,
            DataSource test) {}

    /**
     * Finds the pictures: in the given folder; else in a cache or on the network; else those that ship with the example.
     *
     * @param embedded whether to take those that ship with the example at once
     * @param heldOut whether to hold out a part for weights that learn from data of their own
     * @param limit use at most so many training pictures of each set; 0 for all
     */
    static PictureData find(
            Optional<Path> folder, boolean embedded, boolean heldOut, int limit, long seed, PrintStream out) {
        ImageDataSet digits;
        ImageDataSet objects;
        if (folder.isPresent()) {
            ImageDataSets sets = ImageDataSets.in(folder.get());
            digits = sets.mnist();
            objects = sets.cifar10();
        } else {
            Optional<ImageDataSets> sets = embedded ? Optional.empty() : Optional.of(network(out));
            digits = sets.flatMap(ImageDataSets::findMnist).orElseGet(() -> standInDigits(out));
            objects = sets.flatMap(ImageDataSets::findCifar10).orElseGet(() -> standInObjects(out, embedded));
        }
        out.println(digits);
        out.println(objects);
        return new PictureData(
                part(JointModel.DIGITS, digits, Augmentations.padAndCrop(2), heldOut, limit, seed),
                part(JointModel.OBJECTS, objects, objectAugmentation(objects), heldOut, limit, seed + 1));
    }

    private static ImageDataSets network(PrintStream out) {
        return ImageDataSets.builder()
                .downloader(new Downloader((file, received, total) -> out.printf(
                        Locale.ROOT, "%s: %.1f of %.1f MB%n", file, received / 1e6, Math.max(received, total) / 1e6)))
                .build();
    }

    private static ImageDataSet standInDigits(PrintStream out) {
        out.println("MNIST: training on the small part that ships with this example");
        return EmbeddedPictures.mnist();
    }

    private static ImageDataSet standInObjects(PrintStream out, boolean asked) {
        out.println((asked ? "CIFAR-10 does not ship with this example" : "CIFAR-10 was out of reach")
                + ": Fashion-MNIST stands in, a small part of it");
        return EmbeddedPictures.fashionMnist();
    }

    private static Augmentation objectAugmentation(ImageDataSet objects) {
        boolean photographs = objects.train().pictures().shape().channels() == 3;
        return photographs
                ? Augmentations.padAndCrop(4)
                        .then(Augmentations.horizontalFlip())
                        .then(Augmentations.cutout(6))
                : Augmentations.padAndCrop(2).then(Augmentations.horizontalFlip());
    }

    private static Part part(
            String name, ImageDataSet set, Augmentation augmentation, boolean heldOut, int limit, long seed) {
        LabeledPictures all =
                limit > 0 ? set.train().limit(Math.min(limit, set.train().size())) : set.train();
        Split split = Splits.stratifiedHoldOut(all.classes(), 0.05, seed);
        LabeledPictures rest = all.subset(split.train());
        Split second = Splits.stratifiedHoldOut(rest.classes(), 0.05, seed);
        LabeledPictures train = heldOut ? rest.subset(second.train()) : rest;
        return new Part(
                new JointModel.Picture(
                        name, set.train().pictures().shape(), set.train().classNames()),
                set.name(),
                source(name, train, train, augmentation),
                heldOut
                        ? Optional.of(source(name, rest.subset(second.test()), train, Augmentations.none()))
                        : Optional.empty(),
                source(name, all.subset(split.test()), train, Augmentations.none()),
                source(name, set.test(), train, Augmentations.none()));
    }

    /** Pixels are standardised with the training part's mean and deviation only. */
    private static DataSource source(
            String name, LabeledPictures pictures, LabeledPictures fitted, Augmentation augmentation) {
        return ImageSource.builder(name)
                .pictures(pictures.pictures())
                .labels(name, pictures.labels())
                .standardizer(fitted.pictures().standardizer())
                .augmentation(augmentation)
                .build();
    }
}
