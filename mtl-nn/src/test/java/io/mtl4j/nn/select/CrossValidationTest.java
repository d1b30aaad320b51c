package io.mtl4j.nn.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.metric.Spread;
import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.data.SourceLabels;
import io.mtl4j.nn.data.StandardizedSource;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.ensemble.ModelRecipe;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Trainer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;

class CrossValidationTest {

    private static final int PEOPLE = 90;
    private static final int PLACES = 40;

    /** Two inputs: people with a rare class, a value and many missing labels; places with a class. */
    private static final MultiTaskData DATA = MultiTaskData.of(people(1), places());

    private static ArraySource people(float scale) {
        Random random = new Random(1);
        float[][] features = new float[PEOPLE][3];
        int[] rare = new int[PEOPLE];
        float[] values = new float[PEOPLE];
        for (int i = 0; i < PEOPLE; i++) {
            features[i] = new float[] {i, (float) random.nextGaussian() * scale, (float) random.nextGaussian()};
            rare[i] = i % 3 == 0 ? Labels.MISSING : i % 10 == 1 ? 1 : 0;
            values[i] = i % 2 == 0 ? Float.NaN : features[i][1] - features[i][2];
        }
        return ArraySource.builder("person")
                .features(features)
                .labels("rare", Labels.classes(rare))
                .labels("value", Labels.values(values))
                .build();
    }

    private static ArraySource places() {
        float[][] features = new float[PLACES][2];
        Arrays.setAll(features, i -> new float[] {1000 + i, i % 5});
        return ArraySource.builder("place")
                .features(features)
                .labels(
                        "fifth",
                        Labels.classes(IntStream.range(0, PLACES)
                                .map(i -> i % 5 == 0 ? 1 : 0)
                                .toArray()))
                .build();
    }

    private static MultiTaskModel train(List<String> tasks, MultiTaskData train, long seed) {
        ModelBuilder builder =
                MultiTaskModel.builder().encoder(Encoders.mlp().dense(4)).seed(seed);
        if (tasks.contains("rare") || tasks.contains("value")) {
            builder.input("person", Shape.vector(3), new Dense(4, Activation.RELU, Initializer.HE_NORMAL));
        }
        if (tasks.contains("fifth")) {
            builder.input("place", Shape.vector(2), new Dense(4, Activation.RELU, Initializer.HE_NORMAL));
        }
        for (String task : tasks) {
            builder.task(
                    switch (task) {
                        case "value" -> Tasks.regression("value", 1).input("person");
                        case "rare" -> Tasks.classification("rare", 2).input("person");
                        default -> Tasks.classification("fifth", 2).input("place");
                    });
        }
        MultiTaskModel model = builder.build();
        Trainer.builder(model)
                .optimizer(new Adam(0.02))
                .epochs(2)
                .batchSize(16)
                .seed(seed)
                .build()
                .fit(train);
        return model;
    }

    private static final ModelRecipe RECIPE = (train, seed) -> train(List.of("rare", "value", "fifth"), train, seed);

    /** The first feature is the number of the example. */
    private static int[] numbers(DataSource source) {
        float[][] features = source.batch(IntStream.range(0, source.size()).toArray(), new Seed(0).generator())
                .features()
                .toFloatMatrix();
        return Arrays.stream(features).mapToInt(row -> Math.round(row[0])).toArray();
    }

    @Test
    void everyExampleOfEverySourceIsTestedOnceAndTrainedOnOtherwise() {
        for (CrossValidation cv : List.of(
                CrossValidation.folds(4).seed(2),
                CrossValidation.folds(4).stratified().seed(2))) {
            List<FoldPreparation.Parts> parts = cv.parts(DATA);
            for (int s = 0; s < 2; s++) {
                Set<Integer> tested = new TreeSet<>();
                int size = DATA.sources().get(s).size();
                for (FoldPreparation.Parts fold : parts) {
                    Set<Integer> here = new TreeSet<>();
                    for (int number : numbers(fold.test().sources().get(s))) {
                        assertTrue(here.add(number) && tested.add(number));
                    }
                    for (int number : numbers(fold.train().sources().get(s))) {
                        assertTrue(here.add(number));
                    }
                    assertEquals(size, here.size());
                }
                assertEquals(size, tested.size());
            }
        }
    }

    /** Of six rare ones among labels of which a third is missing, and of known values, each fold has its part. */
    @Test
    void stratifiedFoldsHaveTheirPartOfTheLabelsOfAllTasks() {
        for (FoldPreparation.Parts fold : CrossValidation.folds(3).stratified().parts(DATA)) {
            DataSource people = fold.test().sources().get(0);
            float[][] rare = SourceLabels.rows(people, "rare");
            assertEquals(2, Arrays.stream(rare).filter(row -> row[0] == 1).count());
            assertEquals(
                    20, Arrays.stream(rare).filter(row -> !Float.isNaN(row[0])).count(), 2.0);
            float[][] values = SourceLabels.rows(people, "value");
            assertEquals(
                    15,
                    Arrays.stream(values).filter(row -> !Float.isNaN(row[0])).count(),
                    1.0);
            float[][] fifth = SourceLabels.rows(fold.test().sources().get(1), "fifth");
            assertEquals(
                    8 / 3.0, Arrays.stream(fifth).filter(row -> row[0] == 1).count(), 0.7);
        }
    }

    @Test
    void tellsMeanAndDeviationOfEachMetricAndIsTheSameOnSeveralThreads() {
        CrossValidation cv =
                CrossValidation.folds(3).stratified("rare", "fifth").preparing(FoldPreparation.standardize());
        CrossValidationResult result = cv.seed(5).run(DATA, RECIPE);
        assertEquals(Set.of("rare", "value", "fifth"), result.metrics().keySet());
        Spread rmse = result.metric("value", "rmse");
        double[] each = result.folds().stream()
                .mapToDouble(fold -> fold.test().task("value").metric("rmse"))
                .toArray();
        assertEquals(Arrays.stream(each).average().orElseThrow(), rmse.mean(), 1e-12);
        assertTrue(rmse.deviation() > 0);
        assertEquals(Optional.empty(), result.deltaM());
        assertEquals(
                PEOPLE + PLACES,
                result.folds().get(0).trained() + result.folds().get(0).tested());
        assertEquals(result.table(), cv.seed(5).threads(3).run(DATA, RECIPE).table());
        assertFalse(result.table().equals(cv.seed(6).run(DATA, RECIPE).table()));
        assertTrue(result.table().contains(rmse.text(1, 4)), result.table());
    }

    @Test
    void comparesWithSingleTaskModelsOfTheSameFolds() {
        CrossValidationResult result = CrossValidation.folds(2)
                .preparing(FoldPreparation.standardize("person"))
                .baselines(CrossValidationTest::train)
                .stratified()
                .run(DATA, RECIPE);
        assertEquals(
                List.of("rare", "value", "fifth"),
                result.folds().get(0).deltaM().orElseThrow().tasks().stream()
                        .map(part -> part.task())
                        .toList());
        assertEquals(
                result.folds().stream()
                        .mapToDouble(fold -> fold.deltaM().orElseThrow().value())
                        .average()
                        .orElseThrow(),
                result.deltaM().orElseThrow().mean(),
                1e-12);
        assertTrue(result.table().contains("delta-m %"), result.table());
    }

    /** What the test part is may not show in how the training part is prepared. */
    @Test
    void standardisationIsFittedToTheTrainingPartAlone() {
        FoldPreparation.Parts raw = CrossValidation.folds(3).parts(DATA).get(0);
        FoldPreparation.Parts shifted = new FoldPreparation.Parts(
                raw.train(),
                CrossValidation.folds(3)
                        .parts(MultiTaskData.of(people(1e6f), places()))
                        .get(0)
                        .test());
        FoldPreparation standardize = FoldPreparation.standardize();
        MultiTaskData one = standardize.prepare(raw.train(), raw.test()).train();
        FoldPreparation.Parts other = standardize.prepare(shifted.train(), shifted.test());
        for (int s = 0; s < 2; s++) {
            assertEquals(
                    all(one.sources().get(s)).features(),
                    all(other.train().sources().get(s)).features());
            assertEquals(
                    ((StandardizedSource) other.train().sources().get(s)).standardizer(),
                    ((StandardizedSource) other.test().sources().get(s)).standardizer());
        }
        double[] mean = all(one.sources().get(0)).features().mean(0).toDoubleVector();
        assertEquals(0, Arrays.stream(mean).map(Math::abs).max().orElseThrow(), 1e-5);
    }

    private static SourceBatch all(DataSource source) {
        return source.batch(IntStream.range(0, source.size()).toArray(), new Seed(0).generator());
    }

    @Test
    void saysWhatIsWrong() {
        message("folds = 1", () -> CrossValidation.folds(1));
        message(
                "over tasks [height]",
                () -> CrossValidation.folds(2).stratified("height").parts(DATA));
        message("k = 50 folds of 40", () -> CrossValidation.folds(50).parts(DATA));
        message(
                "standardising inputs [x]",
                () -> CrossValidation.folds(2)
                        .preparing(FoldPreparation.standardize("x"))
                        .run(DATA, RECIPE));
        MultiTaskData tags = MultiTaskData.of(ArraySource.builder("input")
                .features(new float[600][1])
                .labels(
                        "tag",
                        Labels.tags(IntStream.range(0, 600)
                                .mapToObj(i -> new int[i < 300 ? 2 : 3])
                                .toArray(int[][]::new)))
                .build());
        message(
                "name the tasks to stratify over",
                () -> CrossValidation.folds(2).stratified().parts(tags));
    }

    private static void message(String part, Runnable wrong) {
        String message =
                assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
