package io.mtl4j.nn.data.image;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.data.Standardizer;
import io.mtl4j.nn.data.TaskLabels;
import io.mtl4j.nn.layer.Shape;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A data source of pictures kept as bytes. A batch is made from them when it is asked for: pixels from 0 to 1, then
 * standardised by channel, then augmented; {@code [batch, channels, height, width]}.
 *
 * <p>Evaluate on a source without augmentation: it would be applied there too.
 */
public final class ImageSource implements DataSource {

    private final String input;
    private final Pictures pictures;
    private final TaskLabels labels;
    private final float[][] tables;
    private final Augmentation augmentation;

    private ImageSource(
            String input, Pictures pictures, TaskLabels labels, float[][] tables, Augmentation augmentation) {
        this.input = input;
        this.pictures = pictures;
        this.labels = labels;
        this.tables = tables;
        this.augmentation = augmentation;
    }

    /**
     * {@return a builder}
     *
     * @param input name of the model input
     */
    public static Builder builder(String input) {
        return new Builder(Objects.requireNonNull(input, "input"));
    }

    @Override
    public String input() {
        return input;
    }

    @Override
    public int size() {
        return pictures.size();
    }

    @Override
    public Set<String> tasks() {
        return labels.tasks();
    }

    /** {@return the shape of one picture} */
    public Shape.Image shape() {
        return pictures.shape();
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        if (indices.length == 0) {
            throw new IllegalArgumentException("no indices; a batch needs at least one example");
        }
        Shape.Image shape = pictures.shape();
        int length = shape.channels() * shape.height() * shape.width();
        float[] batch = new float[Math.multiplyExact(indices.length, length)];
        float[] picture = new float[length];
        for (int i = 0; i < indices.length; i++) {
            pictures.read(indices[i], tables, picture);
            float[] augmented = augmentation.apply(picture, shape, random);
            if (augmented.length != length) {
                throw new IllegalStateException(augmentation + " turned " + length + " numbers into " + augmented.length
                        + "; an augmentation must keep the size");
            }
            System.arraycopy(augmented, 0, batch, i * length, length);
        }
        return labels.batch(
                Nd4j.createFromArray(batch).reshape(indices.length, shape.channels(), shape.height(), shape.width()),
                null,
                indices);
    }

    /**
     * {@return a source of some of the examples, which shares its pixels with this one}
     *
     * @param indices numbers of the examples
     * @throws IndexOutOfBoundsException if there is no such example
     */
    public ImageSource subset(int[] indices) {
        return new ImageSource(input, pictures.subset(indices), labels.subset(indices), tables, augmentation);
    }

    /**
     * {@return a source of the first examples}
     *
     * @param examples the most examples to take
     */
    public ImageSource limit(int examples) {
        return subset(IntStream.range(0, Math.min(examples, size())).toArray());
    }

    /**
     * {@return this source with another augmentation: {@link Augmentations#none()} for evaluation}
     *
     * @param other the augmentation
     */
    public ImageSource withAugmentation(Augmentation other) {
        return new ImageSource(input, pictures, labels, tables, Objects.requireNonNull(other, "augmentation"));
    }

    /** Collects what a source is made of. */
    public static final class Builder {

        private final String input;
        private Pictures pictures;
        private TaskLabels labels = new TaskLabels(Map.of());
        private Standardizer standardizer;
        private Augmentation augmentation = Augmentations.none();

        private Builder(String input) {
            this.input = input;
        }

        /**
         * Sets the pictures.
         *
         * @param value the pictures
         * @return this builder
         */
        public Builder pictures(Pictures value) {
            this.pictures = Objects.requireNonNull(value, "pictures");
            return this;
        }

        /**
         * Adds the labels of a task.
         *
         * @param task name of the task
         * @param taskLabels one label for each picture
         * @return this builder
         * @throws IllegalStateException if the task has labels already
         */
        public Builder labels(String task, Labels taskLabels) {
            labels = labels.with(task, taskLabels);
            return this;
        }

        /**
         * Standardises pixels by channel. Without this, they go from 0 to 1.
         *
         * @param value mean and standard deviation of each channel, of pixels from 0 to 1
         * @return this builder
         */
        public Builder standardizer(Standardizer value) {
            this.standardizer = Objects.requireNonNull(value, "standardizer");
            return this;
        }

        /**
         * Sets the augmentation; the default is none.
         *
         * @param value applied to each picture each time it is read
         * @return this builder
         */
        public Builder augmentation(Augmentation value) {
            this.augmentation = Objects.requireNonNull(value, "augmentation");
            return this;
        }

        /**
         * {@return the source}
         *
         * @throws IllegalStateException if there are no pictures
         * @throws IllegalArgumentException if a task has more or less labels than there are pictures, or the standardizer
         *     has not one entry for each channel
         */
        public ImageSource build() {
            if (pictures == null) {
                throw new IllegalStateException("input \"" + input + "\": no pictures; call pictures(...)");
            }
            labels.checkSize(pictures.size());
            return new ImageSource(input, pictures, labels, tables(), augmentation);
        }

        private float[][] tables() {
            int channels = pictures.shape().channels();
            if (standardizer != null && standardizer.mean().size() != channels) {
                throw new IllegalArgumentException("input \"" + input + "\": standardizer for "
                        + standardizer.mean().size() + " channels, pictures with " + channels
                        + "; give one mean and standard deviation for each channel");
            }
            float[][] tables = new float[channels][256];
            for (int c = 0; c < channels; c++) {
                for (int value = 0; value < 256; value++) {
                    double scaled = value / 255.0;
                    tables[c][value] = (float) (standardizer == null ? scaled : standardizer.apply(c, scaled));
                }
            }
            return tables;
        }
    }
}
