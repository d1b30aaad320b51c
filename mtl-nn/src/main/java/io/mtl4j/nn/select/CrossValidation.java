package io.mtl4j.nn.select;

import io.mtl4j.data.Split;
import io.mtl4j.data.Splits;
import io.mtl4j.data.Strata;
import io.mtl4j.internal.Require;
import io.mtl4j.metric.DeltaM;
import io.mtl4j.metric.MetricValue;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SelectedSource;
import io.mtl4j.nn.data.SourceLabels;
import io.mtl4j.nn.data.TaskSelection;
import io.mtl4j.nn.ensemble.ModelRecipe;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.internal.Parallel;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * k-fold cross-validation: the data are divided into k parts, and k models are trained, each on all parts but one, on which it
 * is tested. So each example is tested on once, and the spread over the folds tells how far a figure can be trusted.
 *
 * <pre>{@code
 * CrossValidationResult result = CrossValidation.folds(5)
 *         .stratified()
 *         .preparing(FoldPreparation.standardize())
 *         .seed(7)
 *         .run(data, recipe);
 * System.out.println(result.table());
 * }</pre>
 *
 * <p>Each data set is divided by itself, so that a fold has its part of every one; examples keep their missing labels. Folds may
 * be trained at the same time; set {@code OMP_NUM_THREADS=1} then, for ND4J has threads of its own. Results depend on the seed
 * only. Each model is closed once it has been tested.
 */
public final class CrossValidation {

    private static final int BINS = 5;

    private final int folds;
    private final Optional<Set<String>> strata;
    private final FoldPreparation preparation;
    private final Optional<TasksRecipe> baselines;
    private final int threads;
    private final long seed;

    private CrossValidation(
            int folds,
            Optional<Set<String>> strata,
            FoldPreparation preparation,
            Optional<TasksRecipe> baselines,
            int threads,
            long seed) {
        this.folds = folds;
        this.strata = strata;
        this.preparation = preparation;
        this.baselines = baselines;
        this.threads = threads;
        this.seed = seed;
    }

    /**
     * {@return a cross-validation with folds at random, one thread, seed 0}
     *
     * @param folds the number of folds k, at least 2
     */
    public static CrossValidation folds(int folds) {
        return new CrossValidation(
                Require.atLeast("folds", folds, 2), Optional.empty(), FoldPreparation.none(), Optional.empty(), 1, 0);
    }

    /**
     * {@return this, with folds in which each of some tasks has its labels in about the proportions of the whole}
     *
     * <p>All of them at once, by iterative stratification ({@link Splits#stratifiedKFold(int[][], int, long)}): classes as they
     * are, numbers in {@value #BINS} bins of about equally many, each label of a multi-label task by itself. Sizes of folds are
     * about equal, no longer up to one example.
     *
     * @param tasks the names of the tasks; all that have labels if none is given. Their labels must be a row of the same
     *     length for each example, not sequences or pictures
     */
    public CrossValidation stratified(String... tasks) {
        return new CrossValidation(folds, Optional.of(Set.of(tasks)), preparation, baselines, threads, seed);
    }

    /**
     * {@return this, with something that is learned from the training part of each fold and done to both parts}
     *
     * @param value what
     */
    public CrossValidation preparing(FoldPreparation value) {
        return new CrossValidation(
                folds, strata, Objects.requireNonNull(value, "preparation"), baselines, threads, seed);
    }

    /**
     * {@return this, with single-task models that are trained on each fold too, so that delta-m against them is told}
     *
     * @param recipe how the model of one task is trained
     */
    public CrossValidation baselines(TasksRecipe recipe) {
        return new CrossValidation(folds, strata, preparation, Optional.of(recipe), threads, seed);
    }

    /**
     * {@return this, with some folds at the same time}
     *
     * @param value the number of threads, at least 1
     */
    public CrossValidation threads(int value) {
        return new CrossValidation(folds, strata, preparation, baselines, Require.atLeast("threads", value, 1), seed);
    }

    /**
     * {@return this, with another seed}
     *
     * @param value from which the folds, and the models of each, have their seeds
     */
    public CrossValidation seed(long value) {
        return new CrossValidation(folds, strata, preparation, baselines, threads, value);
    }

    /**
     * Trains and tests.
     *
     * @param data all data
     * @param recipe how a model is trained on a fold
     * @return what came out
     * @throws IllegalArgumentException if a data set has fewer examples than there are folds, or tasks to stratify over have no
     *     labels, or labels that are not rows
     */
    public CrossValidationResult run(MultiTaskData data, ModelRecipe recipe) {
        List<FoldPreparation.Parts> parts = parts(data);
        return new CrossValidationResult(Parallel.map(
                threads, IntStream.range(0, folds).boxed().toList(), fold -> test(fold, parts.get(fold), recipe)));
    }

    /**
     * {@return the parts of each fold, before they are prepared}
     *
     * @param data all data
     * @throws IllegalArgumentException as {@link #run}
     */
    public List<FoldPreparation.Parts> parts(MultiTaskData data) {
        strata.ifPresent(tasks -> requireLabels(data, tasks));
        List<List<Split>> splits = new ArrayList<>();
        for (int s = 0; s < data.sources().size(); s++) {
            splits.add(split(data.sources().get(s), new Seed(seed).child(s).value()));
        }
        List<FoldPreparation.Parts> parts = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            List<DataSource> train = new ArrayList<>();
            List<DataSource> test = new ArrayList<>();
            for (int s = 0; s < splits.size(); s++) {
                Split split = splits.get(s).get(fold);
                train.add(new SelectedSource(data.sources().get(s), split.train()));
                test.add(new SelectedSource(data.sources().get(s), split.test()));
            }
            parts.add(new FoldPreparation.Parts(new MultiTaskData(train), new MultiTaskData(test)));
        }
        return parts;
    }

    private static void requireLabels(MultiTaskData data, Set<String> tasks) {
        Set<String> missing = new TreeSet<>(tasks);
        data.sources().forEach(source -> missing.removeAll(source.tasks()));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("folds stratified over tasks " + missing
                    + ", which have no labels in the data; there are labels of "
                    + data.sources().stream().map(DataSource::tasks).toList());
        }
    }

    private List<Split> split(DataSource source, long ownSeed) {
        Set<String> tasks = new TreeSet<>(source.tasks());
        strata.filter(named -> !named.isEmpty()).ifPresent(tasks::retainAll);
        if (strata.isEmpty() || tasks.isEmpty()) {
            return Splits.kFold(source.size(), folds, ownSeed);
        }
        List<int[]> classes = new ArrayList<>();
        for (String task : tasks) {
            float[][] rows = SourceLabels.rows(source, task);
            for (int c = 0; c < rows[0].length; c++) {
                classes.add(Strata.of(column(rows, c, task), BINS));
            }
        }
        return Splits.stratifiedKFold(classes.toArray(int[][]::new), folds, ownSeed);
    }

    private static float[] column(float[][] rows, int column, String task) {
        float[] values = new float[rows.length];
        for (int i = 0; i < values.length; i++) {
            if (rows[i].length != rows[0].length) {
                throw new IllegalArgumentException(
                        "task \"" + task + "\": " + rows[i].length + " labels of example " + i
                                + " and " + rows[0].length
                                + " of example 0; folds can be stratified over labels of one length only:"
                                + " name the tasks to stratify over");
            }
            values[i] = rows[i][column];
        }
        return values;
    }

    private CrossValidationResult.Fold test(int fold, FoldPreparation.Parts raw, ModelRecipe recipe) {
        FoldPreparation.Parts parts = preparation.prepare(raw.train(), raw.test());
        Seed own = new Seed(seed).child(-1 - fold);
        try (MultiTaskModel model = recipe.train(parts.train(), own.value())) {
            Evaluation evaluation = Evaluator.evaluate(model, parts.test());
            Optional<DeltaM> deltaM = baselines.map(alone -> deltaM(model, evaluation, parts, alone, own));
            return new CrossValidationResult.Fold(
                    fold, examples(parts.train()), examples(parts.test()), evaluation, deltaM);
        }
    }

    private static DeltaM deltaM(
            MultiTaskModel model, Evaluation joint, FoldPreparation.Parts parts, TasksRecipe recipe, Seed own) {
        Map<String, List<MetricValue>> alone = new LinkedHashMap<>();
        Map<String, List<MetricValue>> together = new LinkedHashMap<>();
        for (Task task : model.tasks()) {
            if (joint.tasks().containsKey(task.name())) {
                List<String> only = List.of(task.name());
                try (MultiTaskModel single = recipe.train(only, TaskSelection.of(parts.train(), only), own.value())) {
                    Evaluation test = Evaluator.evaluate(single, TaskSelection.of(parts.test(), only));
                    alone.put(task.name(), List.of(test.task(task.name()).value(task.metric())));
                }
                together.put(task.name(), List.of(joint.task(task.name()).value(task.metric())));
            }
        }
        return DeltaM.between(alone, together);
    }

    private static int examples(MultiTaskData data) {
        return data.sources().stream().mapToInt(DataSource::size).sum();
    }
}
