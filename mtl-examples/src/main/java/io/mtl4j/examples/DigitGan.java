package io.mtl4j.examples;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.examples.data.EmbeddedPictures;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.Standardizer;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.ImageSource;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.BatchNorm;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Padding;
import io.mtl4j.nn.layer.Reshape;
import io.mtl4j.nn.layer.Resize;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.TrainingResult;
import io.mtl4j.schedule.LearningRate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One convolutional encoder that reads handwritten digits and, at the same time, is the body of a critic against which a
 * generator learns to write digits of its own.
 */
@Command(
        name = "DigitGan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains a classifier of digits and a generator of digits on one encoder.")
public final class DigitGan implements Callable<Integer> {

    private static final String DIGIT = "digit";
    private static final String REAL = "real";
    private static final int NOISE = 64;
    private static final int COLUMNS = 10;

    /** Pixels lie between -1 and 1, as tanh does. */
    private static final Standardizer SCALE = new Standardizer(List.of(0.5), List.of(0.5));

    @Mixin
    private final TrainingOptions options = new TrainingOptions(4, 64, 1e-3, 0);

    @Option(names = "--embedded", description = "Use the small data that ship with the example.")
    private boolean embedded;

    @Option(names = "--width", description = "Channels of the generator's last layer; ${DEFAULT-VALUE}.")
    private int width = 16;

    @Option(names = "--out", description = "Folder for the model and the generated digits; ${DEFAULT-VALUE}.")
    private Path out = Path.of("mtl-examples", "runs", "digit-gan");

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(Commands.of(new DigitGan()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        options.prepare();
        ImageDataSet digits =
                embedded ? EmbeddedPictures.mnist() : options.data().digits();
        System.out.println(digits);
        Files.createDirectories(out);
        MultiTaskModel model = model();
        System.out.println(model.summary());
        LabeledPictures train = options.limit() > 0
                ? digits.train().limit(Math.min(options.limit(), digits.train().size()))
                : digits.train();
        TrainingResult result = options.trainer(model)
                .optimizer(new AdamW(options.learningRate(), 0.5, 0.999, 1e-8, options.weightDecay()))
                .learningRate(LearningRate.oneCycle(0.1, 0.2, 0.1))
                .listener(new Progress(model))
                .build()
                .fit(data(train));
        System.out.println(result.summary());
        ModelFiles.save(model, out.resolve("model.mtl"));
        Evaluation test = Evaluator.evaluate(model, data(digits.test()));
        System.out.println(test.report());
        System.out.printf(
                Locale.ROOT,
                "%s: test accuracy %.2f %%%n",
                DIGIT,
                100 * test.task(DIGIT).metric("accuracy"));
        System.out.println("the model and the digits it wrote are in " + out.toAbsolutePath());
        return 0;
    }

    private MultiTaskModel model() {
        return MultiTaskModel.builder()
                .input(Shape.image(1, 28, 28))
                .encoder(Encoders.cnn()
                        .activation(Activation.LEAKY_RELU)
                        .conv(32, 4, 2, Padding.SAME)
                        .conv(64, 4, 2, Padding.SAME)
                        .dense(128))
                .task(Tasks.classification(DIGIT, 10).dropout(0.3))
                .task(Tasks.gan(REAL, NOISE, generator()).critic(critic -> critic.dropout(0.3)))
                .seed(options.seed())
                .build();
    }

    /** From noise to 7 x 7, 14 x 14 and 28 x 28; a convolution after nearest neighbours leaves no chequered pattern. */
    private LayerSpec generator() {
        return Chain.of(
                new Dense(4 * width * 7 * 7, Activation.IDENTITY, Initializer.GLOROT_UNIFORM),
                new Reshape(Shape.image(4 * width, 7, 7)),
                BatchNorm.of(Activation.RELU),
                new Resize(14, 14, Resize.Interpolation.NEAREST),
                convolution(2 * width),
                BatchNorm.of(Activation.RELU),
                new Resize(28, 28, Resize.Interpolation.NEAREST),
                convolution(width),
                BatchNorm.of(Activation.RELU),
                new Conv2d(1, 3, 1, 1, Padding.SAME, true, Activation.TANH, Initializer.GLOROT_UNIFORM));
    }

    private static LayerSpec convolution(int filters) {
        return new Conv2d(filters, 3, 1, 1, Padding.SAME, false, Activation.IDENTITY, Initializer.HE_NORMAL);
    }

    private static MultiTaskData data(LabeledPictures digits) {
        return MultiTaskData.of(ImageSource.builder(MultiTaskModel.DEFAULT_INPUT)
                .pictures(digits.pictures())
                .labels(DIGIT, digits.labels())
                .standardizer(SCALE)
                .build());
    }

    /** Tells the mean losses of each epoch, and keeps what the generator writes after it. */
    private final class Progress implements TrainingListener {

        private final MultiTaskModel model;
        private double sum;
        private int count;

        Progress(MultiTaskModel model) {
            this.model = model;
        }

        @Override
        public void on(TrainingEvent event) {
            if (event instanceof TrainingEvent.GeneratorDone step) {
                sum += step.loss();
                count++;
            } else if (event instanceof TrainingEvent.EpochDone epoch) {
                System.out.printf(
                        Locale.ROOT,
                        "epoch %d: losses %s, generator %.3f, %.0f s%n",
                        epoch.epoch() + 1,
                        epoch.trainLosses(),
                        sum / count,
                        epoch.nanos() / 1e9);
                sum = 0;
                count = 0;
                write(out.resolve("digits-" + (epoch.epoch() + 1) + ".png"));
            }
        }

        private void write(Path file) {
            try {
                PictureGrid.write(SCALE.invert(model.generate(REAL, COLUMNS * COLUMNS, options.seed())), COLUMNS, file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
