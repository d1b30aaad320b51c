package io.mtl4j.examples.fewshot;

import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.ImageSource;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.data.image.Pictures;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.meta.ClassEpisodes;
import io.mtl4j.nn.meta.EpisodeSource;
import io.mtl4j.nn.meta.MetaEvaluation;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Trainer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Telling digits apart that were never seen before: the model learns from the digits 0 to 4, upright and turned by 90, 180 and
 * 270 degrees, which makes 20 classes (turned classes are those of A. Santoro and others, ICML 2016, section 4.2), and is judged
 * on 5 to 9. Pictures are shrunk to 14 x 14, the mean of 2 x 2 pixels. The network has two convolutions.
 */
public final class TurnedDigits implements FewShotProblem {

    private static final String PICTURE = "picture";
    private static final String KIND = "kind";
    private static final String WAY = "way";
    private static final int WAYS = 5;
    private static final int TURNS = 4;
    private static final int SIDE = 14;

    private final int shots;
    private final int queries;
    private final int epochs;
    private final ImageSource seen;
    private final int[] seenClasses;
    private final EpisodeSource training;
    private final EpisodeSource validation;
    private final EpisodeSource unseen;

    /**
     * Makes the pictures.
     *
     * @param digits MNIST; its training part is learned from, its test part gives the episodes for validation and test
     * @param most pictures of the training part to use at most
     * @param shots pictures of each class to adapt to
     * @param queries pictures of each class to judge by
     * @param epochs number of epochs of pretraining
     */
    public TurnedDigits(ImageDataSet digits, int most, int shots, int queries, int epochs) {
        this.shots = shots;
        this.queries = queries;
        this.epochs = epochs;
        LabeledPictures train =
                of(digits.train().limit(Math.min(most, digits.train().size())), 0);
        this.seenClasses = classes(train);
        this.seen = source(train, Labels.classes(seenClasses));
        this.training = episodes(seen, seenClasses);
        this.validation = episodes(of(digits.test(), 0));
        this.unseen = episodes(of(digits.test(), WAYS));
    }

    /** Five digits, from the first one on. */
    private static LabeledPictures of(LabeledPictures all, int first) {
        return all.subset(IntStream.range(0, all.size())
                .filter(i -> all.classOf(i) >= first && all.classOf(i) < first + WAYS)
                .toArray());
    }

    /** Each picture is there four times in succession; only seen digits are shown turned. */
    private static int[] classes(LabeledPictures digits) {
        return IntStream.range(0, TURNS * digits.size())
                .map(i -> TURNS * (digits.classOf(i / TURNS) % WAYS) + i % TURNS)
                .toArray();
    }

    private EpisodeSource episodes(LabeledPictures digits) {
        int[] classes = classes(digits);
        boolean upright = digits.classOf(0) >= WAYS;
        int[] used = IntStream.of(classes)
                .map(c -> upright && c % TURNS > 0 ? -1 : c)
                .toArray();
        return episodes(source(digits, null), used);
    }

    private EpisodeSource episodes(ImageSource source, int[] classes) {
        return ClassEpisodes.of(source, WAY, classes).ways(WAYS).shots(shots).queries(queries);
    }

    private static ImageSource source(LabeledPictures digits, Labels kinds) {
        byte[] pixels = new byte[TURNS * digits.size() * SIDE * SIDE];
        int at = 0;
        for (int i = 0; i < digits.size(); i++) {
            for (int turns = 0; turns < TURNS; turns++) {
                for (int place = 0; place < SIDE * SIDE; place++) {
                    pixels[at++] = (byte) turned(digits.pictures(), i, place / SIDE, place % SIDE, turns);
                }
            }
        }
        Pictures pictures = Pictures.of(Shape.image(1, SIDE, SIDE), pixels);
        ImageSource.Builder source =
                ImageSource.builder(PICTURE).pictures(pictures).standardizer(pictures.standardizer());
        if (kinds == null) {
            return source.build();
        }
        int[] none = new int[pictures.size()];
        Arrays.fill(none, Labels.MISSING);
        return source.labels(KIND, kinds).labels(WAY, Labels.classes(none)).build();
    }

    /** A pixel of the small picture after a number of quarter turns. */
    private static int turned(Pictures digits, int index, int row, int column, int turns) {
        int y = row;
        int x = column;
        for (int t = 0; t < turns; t++) {
            int before = y;
            y = x;
            x = SIDE - 1 - before;
        }
        int sum = 0;
        for (int k = 0; k < 4; k++) {
            sum += digits.pixel(index, 0, 2 * y + k / 2, 2 * x + k % 2);
        }
        return sum / 4;
    }

    @Override
    public String name() {
        return "digits";
    }

    @Override
    public String description() {
        return WAYS + " digits never seen before, " + shots + " pictures of each to adapt to, " + queries
                + " to judge; learned from " + TURNS * WAYS + " classes with " + seen.size() + " pictures";
    }

    @Override
    public String measure() {
        return "accuracy, %";
    }

    /** The head of the twenty classes is for pretraining only, that of the five for episodes only. */
    @Override
    public MultiTaskModel model(long seed) {
        return MultiTaskModel.builder()
                .input(PICTURE, Shape.image(1, SIDE, SIDE))
                .encoder(Encoders.cnn()
                        .conv(16, 3)
                        .maxPool(2)
                        .conv(32, 3)
                        .maxPool(2)
                        .dense(64))
                .task(Tasks.classification(KIND, TURNS * WAYS))
                .task(Tasks.classification(WAY, WAYS))
                .seed(seed)
                .build();
    }

    @Override
    public void pretrain(MultiTaskModel model, long seed) {
        Trainer.builder(model)
                .optimizer(new Adam(1e-3))
                .epochs(epochs)
                .seed(seed)
                .build()
                .fit(MultiTaskData.of(seen));
    }

    @Override
    public EpisodeSource training() {
        return training;
    }

    @Override
    public EpisodeSource validation() {
        return validation;
    }

    @Override
    public EpisodeSource unseen() {
        return unseen;
    }

    @Override
    public double innerRate() {
        return 0.1;
    }

    @Override
    public List<Double> rates() {
        return List.of(0.03, 0.1, 0.3);
    }

    @Override
    public double score(MetaEvaluation evaluation) {
        return 100 * evaluation.metric(WAY, "accuracy");
    }
}
