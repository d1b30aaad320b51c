package io.mtl4j.examples;

import io.mtl4j.nn.encoder.Cnn;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.encoder.Stems;
import io.mtl4j.nn.head.TaskHead;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.List;

/**
 * The network of {@link MnistCifar10}: six convolutions in three stages, shared by digits and objects. Grey pictures of
 * 28 x 28 are padded to 32 x 32 and repeated for three colours.
 */
final class JointModel {

    /** The input and the task of digits. */
    static final String DIGITS = "digits";

    /** The input and the task of objects. */
    static final String OBJECTS = "objects";

    /** How wide the encoder is. */
    enum Size {
        /** For a quick try: 16, 32 and 64 filters. */
        SMALL(16, 64),
        /** 32, 64 and 128 filters. */
        MEDIUM(32, 128);

        private final int filters;
        private final int units;

        Size(int filters, int units) {
            this.filters = filters;
            this.units = units;
        }
    }

    private JointModel() {}

    static Cnn encoder(Size size) {
        int filters = size.filters;
        return Encoders.cnn()
                .batchNorm()
                .conv(filters, 3)
                .conv(filters, 3)
                .maxPool(2)
                .conv(2 * filters, 3)
                .conv(2 * filters, 3)
                .maxPool(2)
                .conv(4 * filters, 3)
                .conv(4 * filters, 3)
                .maxPool(2)
                .dropout(0.2)
                .dense(size.units)
                .dropout(0.2);
    }

    /** A model of the given tasks: both, or one alone to compare with. */
    static MultiTaskModel build(List<Picture> pictures, Size size, long seed) {
        ModelBuilder builder = MultiTaskModel.builder().encoder(encoder(size)).seed(seed);
        for (Picture picture : pictures) {
            TaskHead head = Tasks.classification(
                            picture.name(), picture.classNames().size())
                    .classNames(picture.classNames().toArray(String[]::new))
                    .input(picture.name());
            builder.input(picture.name(), picture.shape(), stem(picture.shape()))
                    .task(head);
        }
        return builder.build();
    }

    private static LayerSpec stem(Shape.Image shape) {
        return shape.channels() == 1 ? Stems.chain(Stems.padTo(32, 32), Stems.repeatChannels(3)) : Stems.padTo(32, 32);
    }

    /**
     * One kind of pictures.
     *
     * @param name the name of input and task
     * @param shape the shape of a picture
     * @param classNames the names of the classes
     */
    record Picture(String name, Shape.Image shape, List<String> classNames) {}
}
