package io.mtl4j.nn.data.image;

import io.mtl4j.nn.data.Labels;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Pictures, each of one class. */
public final class LabeledPictures {

    private final Pictures pictures;
    private final int[] classes;
    private final List<String> classNames;

    /**
     * Puts pictures and classes together.
     *
     * @param pictures the pictures
     * @param classes number of the class of each picture, from 0
     * @param classNames names of the classes
     * @throws IllegalArgumentException if there are more or less labels than pictures, or a label without a name
     */
    public LabeledPictures(Pictures pictures, int[] classes, List<String> classNames) {
        this.pictures = Objects.requireNonNull(pictures, "pictures");
        this.classes = classes.clone();
        this.classNames = List.copyOf(classNames);
        if (classes.length != pictures.size()) {
            throw new IllegalArgumentException(
                    classes.length + " labels for " + pictures.size() + " pictures; give one label for each picture");
        }
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] < 0 || classes[i] >= classNames.size()) {
                throw new IllegalArgumentException("picture " + i + " has class " + classes[i] + "; there are "
                        + classNames.size() + " class names, so it must be from 0 to " + (classNames.size() - 1));
            }
        }
    }

    /** {@return the pictures} */
    public Pictures pictures() {
        return pictures;
    }

    /** {@return the number of pictures} */
    public int size() {
        return classes.length;
    }

    /**
     * {@return the class of a picture}
     *
     * @param index number of the picture
     */
    public int classOf(int index) {
        return classes[index];
    }

    /** {@return the classes of all pictures, as a copy} */
    public int[] classes() {
        return classes.clone();
    }

    /** {@return the classes as labels of a task} */
    public Labels labels() {
        return Labels.classes(classes);
    }

    /** {@return the names of the classes} */
    public List<String> classNames() {
        return classNames;
    }

    /** {@return the number of pictures of each class} */
    public int[] counts() {
        int[] counts = new int[classNames.size()];
        for (int each : classes) {
            counts[each]++;
        }
        return counts;
    }

    /**
     * {@return some of these pictures, which share their pixels with the whole}
     *
     * @param indices their numbers, in any order, also repeated
     * @throws IndexOutOfBoundsException if there is no such picture
     */
    public LabeledPictures subset(int[] indices) {
        Pictures chosen = pictures.subset(indices);
        return new LabeledPictures(
                chosen, IntStream.of(indices).map(index -> classes[index]).toArray(), classNames);
    }

    /**
     * {@return the first pictures}
     *
     * @param count the most pictures to take
     */
    public LabeledPictures limit(int count) {
        return subset(IntStream.range(0, Math.min(count, size())).toArray());
    }

    @Override
    public String toString() {
        return size() + " pictures " + pictures.shape() + " of " + classNames.size() + " classes";
    }
}
