package io.mtl4j.nn.data.image;

import java.util.Objects;

/**
 * A data set with its training and test part as its makers divided it.
 *
 * @param name name of the data set, such as {@code MNIST}
 * @param origin where it was read from, for reports
 * @param train the training part
 * @param test the test part
 */
public record ImageDataSet(String name, String origin, LabeledPictures train, LabeledPictures test) {

    /** Checks that both parts are of one kind. */
    public ImageDataSet {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(origin, "origin");
        if (!train.pictures().shape().equals(test.pictures().shape())) {
            throw new IllegalArgumentException(name + ": training pictures of shape "
                    + train.pictures().shape() + " and test pictures of shape "
                    + test.pictures().shape() + "; they must be of one shape");
        }
    }

    @Override
    public String toString() {
        return name + ": " + train.size() + " training and " + test.size() + " test pictures from " + origin;
    }
}
