package io.mtl4j.nn.semi;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceLabels;
import io.mtl4j.nn.ensemble.ModelRecipe;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Two models that each see one half of every example teach each other: what one is sure of becomes a label for both (A. Blum
 * and T. Mitchell, "Combining Labeled and Unlabeled Data with Co-Training", COLT 1998, table 1). It works as far as each view
 * is enough to learn the task and the views' errors have little to do with each other: the words of a page and the words of
 * links to it, the upper and the lower half of a picture.
 *
 * <p>We scan all unlabelled examples, where the paper draws a pool of 75 at random each round; and where the models are both
 * sure but disagree, nobody is believed.
 *
 * @param first how the model of the first view is made and trained
 * @param second that of the second view, for the same tasks
 * @param pseudoLabels which answers become labels: in each round, and of each model, at most {@link PseudoLabels#perClass} of
 *     a class; hard labels
 * @param rounds number of rounds after the first, at least 1
 * @param seed from which each model of each round has a seed
 */
public record CoTraining(ModelRecipe first, ModelRecipe second, PseudoLabels pseudoLabels, int rounds, long seed) {

    /** Checks the values. */
    public CoTraining {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
        Require.atLeast("co-training: rounds", rounds, 1);
        if (pseudoLabels.soft()) {
            throw new IllegalArgumentException(
                    "co-training: soft labels of two models cannot be told to agree; give hard pseudo-labels");
        }
    }

    /**
     * What a round did.
     *
     * @param round its number; 0 learned from true labels only
     * @param byFirst labels that the first model wrote after it, over all tasks and before conflicts were removed
     * @param bySecond labels that the second model wrote
     * @param conflicts labels of both that contradict each other
     */
    public record Round(int round, int byFirst, int bySecond, int conflicts) {}

    /**
     * What came out.
     *
     * @param first the last model of the first view
     * @param second the last model of the second view
     * @param rounds what happened, the last round included, which writes no labels
     */
    public record Result(MultiTaskModel first, MultiTaskModel second, List<Round> rounds) {
        /** Copies the list. */
        public Result {
            rounds = List.copyOf(rounds);
        }
    }

    /**
     * Runs the rounds; ends early when no label is added.
     *
     * @param one the first view of the examples, with their labels
     * @param two the second view of the same examples in the same order; its labels do not matter
     * @return what came out
     * @throws IllegalArgumentException if the views differ in size, or no example has a label
     */
    public Result run(DataSource one, DataSource two) {
        if (one.size() != two.size()) {
            throw new IllegalArgumentException("co-training: a view of " + one.size() + " examples and one of "
                    + two.size() + "; give both views of the same examples in the same order");
        }
        Map<String, LabelTable> labels = new LinkedHashMap<>();
        List<Round> done = new ArrayList<>();
        for (int round = 0; ; round++) {
            MultiTaskModel a = train(first, one, one, labels, 2L * round);
            MultiTaskModel b = train(second, two, one, labels, 2L * round + 1);
            if (round == rounds) {
                done.add(new Round(round, 0, 0, 0));
                return new Result(a, b, done);
            }
            Round added = label(round, a, one, b, two, labels);
            done.add(added);
            if (added.byFirst() + added.bySecond() - 2 * added.conflicts() == 0) {
                return new Result(a, b, done);
            }
        }
    }

    private MultiTaskModel train(
            ModelRecipe recipe, DataSource view, DataSource truth, Map<String, LabelTable> labels, long use) {
        Map<String, Labels> current = new LinkedHashMap<>();
        for (String task : truth.tasks()) {
            LabelTable known = labels.get(task);
            float[][] rows = known == null ? SourceLabels.rows(truth, task) : known.rows();
            current.put(task, Labels.rows(rows));
        }
        DataSource labeled = LabeledRows.only(new RelabeledSource(view, current));
        return recipe.train(MultiTaskData.of(labeled), new Seed(seed).child(use).value());
    }

    private Round label(
            int round,
            MultiTaskModel a,
            DataSource one,
            MultiTaskModel b,
            DataSource two,
            Map<String, LabelTable> labels) {
        Map<String, double[][]> byA = new Evaluator(a, 256).outputs(one);
        Map<String, double[][]> byB = new Evaluator(b, 256).outputs(two);
        int fromA = 0;
        int fromB = 0;
        int conflicts = 0;
        for (Task task : pseudoLabels.chosen(a)) {
            LabelTable known = labels.getOrDefault(task.name(), PseudoLabels.known(task, one));
            SureAnswers sureA = SureAnswers.of(task, byA.get(task.name()), known, pseudoLabels);
            SureAnswers sureB = SureAnswers.of(task, byB.get(task.name()), known, pseudoLabels);
            LabelTable agreedA = sureA.labels().withoutConflicts(sureB.labels());
            LabelTable agreedB = sureB.labels().withoutConflicts(sureA.labels());
            fromA += sureA.labels().count();
            fromB += sureB.labels().count();
            conflicts += sureA.labels().count() - agreedA.count();
            labels.put(task.name(), known.with(agreedA).with(agreedB));
        }
        return new Round(round, fromA, fromB, conflicts);
    }
}
