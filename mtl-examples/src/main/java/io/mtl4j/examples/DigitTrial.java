package io.mtl4j.examples;

import io.mtl4j.data.Split;
import io.mtl4j.data.Splits;
import io.mtl4j.nn.data.AugmentedSource;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.ImageSource;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.ensemble.Ensemble;
import io.mtl4j.nn.ensemble.Ensembles;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.nn.semi.LabeledRows;
import io.mtl4j.nn.semi.MeanTeacher;
import io.mtl4j.nn.semi.MutualLearning;
import io.mtl4j.nn.semi.PseudoLabels;
import io.mtl4j.nn.semi.SelfTraining;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.schedule.EarlyStopping;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** One choice of labelled digits, and each method on it. */
final class DigitTrial {

    private static final String INPUT = "picture";
    private static final String TASK = "digit";
    private static final int BATCH = 64;
    private static final int MEMBERS = 5;
    private static final double HALF = 0.5;
    private static final double QUARTER = 0.25;

    /** What a trial is made of. */
    record Settings(int labels, int unlabeled, int tests, int steps, int shift, int rounds, double confidence) {}

    private final Settings settings;
    private final long seed;
    private final ImageSource train;
    private final MultiTaskData labeled;
    private final MultiTaskData mixed;
    private final MultiTaskData validation;
    private final MultiTaskData test;
    private Ensemble ensemble;

    DigitTrial(ImageDataSet digits, Settings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
        LabeledPictures all = digits.train();
        int used = Math.min(all.size(), 2 * settings.labels() + settings.unlabeled());
        LabeledPictures some = all.subset(Splits.stratifiedHoldOut(all.classes(), (double) used / all.size(), seed)
                .test());
        Split split = Splits.stratifiedHoldOut(some.classes(), (double) settings.labels() / some.size(), seed);
        LabeledPictures rest = some.subset(split.train());
        this.validation = MultiTaskData.of(source(
                some.subset(split.test()), some, some.subset(split.test()).classes()));
        this.train = source(rest, some, fewLabels(rest.classes(), settings.labels(), seed));
        this.labeled = LabeledRows.only(MultiTaskData.of(train));
        this.mixed = MultiTaskData.of(LabeledRows.share(train, HALF));
        LabeledPictures tests =
                digits.test().limit(Math.min(settings.tests(), digits.test().size()));
        this.test = MultiTaskData.of(source(tests, some, tests.classes()));
    }

    private static ImageSource source(LabeledPictures pictures, LabeledPictures fitted, int[] classes) {
        return ImageSource.builder(INPUT)
                .pictures(pictures.pictures())
                .labels(TASK, Labels.classes(classes))
                .standardizer(fitted.pictures().standardizer())
                .build();
    }

    /** Hides all labels but some, the same number of each class. */
    private static int[] fewLabels(int[] classes, int labels, long seed) {
        int[] few = new int[classes.length];
        Arrays.fill(few, Labels.MISSING);
        Split split = Splits.stratifiedHoldOut(classes, (double) labels / classes.length, seed + 1);
        for (int i : split.test()) {
            few[i] = classes[i];
        }
        return few;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d labelled of %d pictures, %d for validation, %d for test",
                labeled.sources().get(0).size(),
                train.size(),
                validation.sources().get(0).size(),
                test.sources().get(0).size());
    }

    private MultiTaskModel model(long modelSeed) {
        return MultiTaskModel.builder()
                .input(INPUT, train.shape())
                .encoder(Encoders.cnn()
                        .conv(16, 3)
                        .maxPool(2)
                        .conv(32, 3)
                        .maxPool(2)
                        .dense(64)
                        .dropout(0.5))
                .task(Tasks.classification(TASK, 10))
                .seed(modelSeed)
                .build();
    }

    private static TrainerBuilder trainer(MultiTaskModel model) {
        return Trainer.builder(model)
                .batchSize(BATCH)
                .optimizer(new AdamW(2e-3, 1e-2))
                .seed(model.seed());
    }

    /** Epochs that make the number of steps. */
    private int epochs(MultiTaskData data) {
        int perEpoch = (data.sources().get(0).size() + BATCH - 1) / BATCH;
        return Math.max(1, Math.round((float) settings.steps() / perEpoch));
    }

    private MultiTaskData augmented(MultiTaskData data) {
        DataSource source = data.sources().get(0);
        return settings.shift() == 0
                ? data
                : MultiTaskData.of(new AugmentedSource(source, new ShiftPictures(settings.shift())));
    }

    private MultiTaskModel train(MultiTaskData data, long modelSeed) {
        MultiTaskModel model = model(modelSeed);
        trainer(model).epochs(epochs(data)).build().fit(augmented(data));
        return model;
    }

    private double accuracy(Predictor predictor) {
        return Evaluator.evaluate(predictor, test).task(TASK).metric("accuracy");
    }

    double labelsOnly() {
        return accuracy(train(labeled, seed));
    }

    double pseudoLabels(PrintWriter out) {
        SelfTraining.Result result = SelfTraining.of(this::train, PseudoLabels.confident(settings.confidence()))
                .rounds(settings.rounds())
                .labeledShare(QUARTER)
                .stopping(EarlyStopping.patience(2))
                .seed(seed)
                .run(MultiTaskData.of(train), validation);
        for (SelfTraining.Round round : result.rounds()) {
            out.printf(
                    Locale.ROOT,
                    "    round %d: %s added, validation accuracy %.2f %%%s%n",
                    round.round(),
                    round.added().getOrDefault(TASK, new TreeMap<>()),
                    100 * round.validation().task(TASK).metric("accuracy"),
                    round.best() ? ", best" : "");
        }
        return accuracy(result.model());
    }

    double meanTeacher() {
        MultiTaskModel model = model(seed);
        MeanTeacher.Settings teaching =
                new MeanTeacher.Settings().decay(0.98).rampUp(0.5).confidence(settings.confidence());
        MeanTeacher teacher = new MeanTeacher(
                model, settings.shift() == 0 ? teaching : teaching.noise(new ShiftPictures(settings.shift()), seed));
        teacher.attach(trainer(model)).epochs(epochs(mixed)).build().fit(mixed);
        return accuracy(teacher.model());
    }

    /** The mean of two learners. */
    double mutualLearning() {
        List<MultiTaskModel> learners = List.of(model(seed), model(seed + 100));
        int apart = Math.max(1, epochs(labeled) / 2);
        int together = Math.max(1, epochs(mixed) / 2);
        MutualLearning.of(DigitTrial::trainer).apart(apart).together(together).run(learners, augmented(mixed));
        return learners.stream().mapToDouble(this::accuracy).average().orElseThrow();
    }

    double ensemble() {
        ensemble = Ensembles.seeds(MEMBERS, labeled, seed, this::train);
        return accuracy(ensemble);
    }

    /** The mean of the ensemble's members. */
    double members() {
        return ensemble.members().stream().mapToDouble(this::accuracy).average().orElseThrow();
    }
}
