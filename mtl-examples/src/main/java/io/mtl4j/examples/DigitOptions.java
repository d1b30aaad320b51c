package io.mtl4j.examples;

import io.mtl4j.examples.data.EmbeddedPictures;
import io.mtl4j.nn.data.image.ImageDataSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which digits to learn from: MNIST of the folder of the data, or the small part of it that ships with the examples. */
final class DigitOptions {

    @Mixin
    private final DataFolder data = new DataFolder();

    @Option(names = "--embedded", description = "Use the small data that ship with the example.")
    private boolean embedded;

    /** The digits. */
    ImageDataSet digits() {
        return embedded ? EmbeddedPictures.mnist() : data.digits();
    }
}
