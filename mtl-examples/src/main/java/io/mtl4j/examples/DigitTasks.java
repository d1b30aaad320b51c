package io.mtl4j.examples;

import io.mtl4j.data.Split;
import io.mtl4j.data.Splits;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.Standardizer;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.ImageSource;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Several questions about one digit: which it is, whether it is odd, whether it is at least 5; and some whose answers are drawn
 * at random, so that nothing can be learned from them.
 */
final class DigitTasks {

    private static final String INPUT = "picture";
    private static final String DIGIT = "digit";
    private static final String ODD = "odd";
    private static final String HIGH = "high";
    private static final String NOISE = "noise";
    private static final int HALF = 5;

    private final List<String> names;
    private final MultiTaskData train;
    private final MultiTaskData validation;
    private final MultiTaskData test;
    private final Shape shape;

    /**
     * Makes the tasks.
     *
     * @param size pictures to train on at most
     * @param held pictures to validate with, and to test with, at most
     * @param noise the number of tasks whose labels are random
     */
    DigitTasks(ImageDataSet digits, int size, int held, int noise, long seed) {
        this.names = new ArrayList<>(List.of(DIGIT, ODD, HIGH));
        IntStream.rangeClosed(1, noise).forEach(i -> names.add(NOISE + i));
        LabeledPictures all = part(digits.train(), size + held, seed);
        Split split = Splits.stratifiedHoldOut(all.classes(), Math.min(0.5, (double) held / all.size()), seed);
        LabeledPictures learned = all.subset(split.train());
        Standardizer standardizer = learned.pictures().standardizer();
        this.shape = learned.pictures().shape();
        this.train = data(learned, standardizer, seed);
        this.validation = data(all.subset(split.test()), standardizer, seed + 1);
        this.test = data(part(digits.test(), held, seed), standardizer, seed + 2);
    }

    private static LabeledPictures part(LabeledPictures all, int size, long seed) {
        return size >= all.size()
                ? all
                : all.subset(Splits.stratifiedHoldOut(all.classes(), (double) size / all.size(), seed)
                        .test());
    }

    private MultiTaskData data(LabeledPictures pictures, Standardizer standardizer, long seed) {
        int[] classes = pictures.classes();
        SplittableRandom random = new SplittableRandom(seed);
        ImageSource.Builder source =
                ImageSource.builder(INPUT).pictures(pictures.pictures()).standardizer(standardizer);
        for (String name : names) {
            int[] labels = IntStream.of(classes)
                    .map(digit -> switch (name) {
                        case DIGIT -> digit;
                        case ODD -> digit % 2;
                        case HIGH -> digit >= HALF ? 1 : 0;
                        default -> random.nextInt(2);
                    })
                    .toArray();
            source.labels(name, Labels.classes(labels));
        }
        return MultiTaskData.of(source.build());
    }

    /** The names of the tasks. */
    List<String> names() {
        return List.copyOf(names);
    }

    MultiTaskData train() {
        return train;
    }

    MultiTaskData validation() {
        return validation;
    }

    MultiTaskData test() {
        return test;
    }

    /** A new model in the making of some of the tasks; the encoder is yet to be set. */
    ModelBuilder model(List<String> tasks, long seed) {
        ModelBuilder builder = MultiTaskModel.builder().input(INPUT, shape).seed(seed);
        tasks.forEach(task -> builder.task(Tasks.classification(task, task.equals(DIGIT) ? 10 : 2)));
        return builder;
    }

    static boolean isNoise(String task) {
        return task.startsWith(NOISE);
    }

    @Override
    public String toString() {
        return String.format(
                "%d pictures to train on, %d to validate, %d to test; tasks %s",
                train.sources().get(0).size(),
                validation.sources().get(0).size(),
                test.sources().get(0).size(),
                names);
    }
}
