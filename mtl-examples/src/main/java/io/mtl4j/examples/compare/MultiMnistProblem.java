package io.mtl4j.examples.compare;

import io.mtl4j.data.Split;
import io.mtl4j.data.Splits;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Padding;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.List;
import java.util.Objects;

/**
 * Which digit is at the left, which at the right? The network is in the size of LeNet, as in the paper: two convolutions of
 * 5 x 5 with 10 and 20 filters, each followed by max pooling, 50 shared units; in each head 50 units and 10 classes.
 */
public final class MultiMnistProblem implements Problem {

    private static final double HELD_OUT = 0.1;

    /** Data are the same for all seeds of a comparison, as those of a published data set are. */
    private static final long DATA_SEED = 1;

    private final String origin;
    private final MultiMnist train;
    private final MultiMnist heldOut;
    private final MultiMnist test;

    /**
     * Makes the pictures. A tenth of the training digits is kept apart; from it come the held-out pictures, a tenth as many as
     * those to train on.
     *
     * @param digits MNIST
     * @param trainSize number of pictures to train on, at least 10; fewer if there are not so many digits
     * @param testSize number of pictures to test on, at least 1; fewer if there are not so many digits
     * @throws IllegalArgumentException if a number is too small
     */
    public MultiMnistProblem(ImageDataSet digits, int trainSize, int testSize) {
        if (trainSize < 10 || testSize < 1) {
            throw new IllegalArgumentException("Multi-MNIST: " + trainSize + " pictures to train on, " + testSize
                    + " to test on; use at least 10 and 1");
        }
        LabeledPictures all = Objects.requireNonNull(digits, "digits").train();
        Split split = Splits.stratifiedHoldOut(all.classes(), HELD_OUT, DATA_SEED);
        origin = digits.origin();
        train = pictures(all.subset(split.train()), trainSize, 1);
        heldOut = pictures(all.subset(split.test()), train.pictures().size() / 10, 2);
        test = pictures(digits.test(), testSize, 3);
    }

    private static MultiMnist pictures(LabeledPictures digits, int most, long part) {
        return MultiMnist.random(digits, Math.min(most, digits.size()), DATA_SEED + part);
    }

    @Override
    public String name() {
        return "multi-mnist";
    }

    @Override
    public String description() {
        return train.pictures().size() + " training, " + heldOut.pictures().size() + " held-out and "
                + test.pictures().size() + " test pictures of two overlapping digits each, from " + origin;
    }

    @Override
    public List<String> tasks() {
        return List.of(MultiMnist.LEFT, MultiMnist.RIGHT);
    }

    @Override
    public String metric() {
        return "accuracy";
    }

    @Override
    public ModelBuilder model(List<String> tasks, long seed) {
        ModelBuilder builder = MultiTaskModel.builder()
                .input(MultiMnist.PICTURE, Shape.image(1, 28, 28))
                .encoder(Encoders.cnn()
                        .conv(10, 5, 1, Padding.VALID)
                        .maxPool(2)
                        .conv(20, 5, 1, Padding.VALID)
                        .maxPool(2)
                        .dense(50))
                .seed(seed);
        tasks.forEach(task -> builder.task(Tasks.classification(task, 10).hidden(50)));
        return builder;
    }

    @Override
    public Parts parts(List<String> tasks) {
        return new Parts(data(train, tasks), data(heldOut, tasks), data(test, tasks));
    }

    private static MultiTaskData data(MultiMnist pictures, List<String> tasks) {
        return MultiTaskData.of(pictures.source(tasks));
    }
}
