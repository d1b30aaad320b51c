package io.mtl4j.nn.semi;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.ensemble.ModelRecipe;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.schedule.EarlyStopping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A model labels what has no labels, and a fresh model learns from that, round by round (D. Yarowsky, ACL 1995; D.-H. Lee,
 * "Pseudo-Label", 2013; with fresh models and fresh labels in every round, as P. Cascante-Bonilla and others, "Curriculum
 * Labeling", AAAI 2021, advise, so that an early mistake is not learned for good).
 *
 * <pre>{@code
 * SelfTraining.Result result = SelfTraining.of(recipe, PseudoLabels.confident(0.95).perClass(500))
 *         .rounds(4)
 *         .seed(7)
 *         .run(data, validation);
 * MultiTaskModel model = result.model();
 * }</pre>
 *
 * <p>Round 0 trains on the examples that have labels. Round r labels with the model of the round before, at most r times
 * {@link PseudoLabels#perClass} examples of a class, and trains on all that have labels now; those with true labels are
 * repeated to keep their {@linkplain #labeledShare share}. When a round is no better on the validation data than the best so
 * far, it stops. The model is that of the best round, so with an honest validation set self-training cannot do much harm.
 *
 * @param recipe how a model is made and trained
 * @param pseudoLabels which answers become labels
 * @param rounds the most rounds after the first, at least 1
 * @param labeledShare the part of the training examples that have true labels, at least, from 0 to below 1
 * @param stopping how rounds are compared, and how many in succession may fail before it stops
 * @param seed from which each round has a seed
 */
public record SelfTraining(
        ModelRecipe recipe,
        PseudoLabels pseudoLabels,
        int rounds,
        double labeledShare,
        EarlyStopping stopping,
        long seed) {

    /** Checks the values. */
    public SelfTraining {
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(pseudoLabels, "pseudoLabels");
        Objects.requireNonNull(stopping, "stopping");
        Require.atLeast("self-training: rounds", rounds, 1);
        Require.within("self-training: share of labelled examples", labeledShare, 0, Math.nextDown(1.0));
    }

    /**
     * {@return self-training of at most 5 rounds, a quarter true labels, that stops at the first round without a gain}
     *
     * @param recipe how a model is made and trained
     * @param pseudoLabels which answers become labels
     */
    public static SelfTraining of(ModelRecipe recipe, PseudoLabels pseudoLabels) {
        return new SelfTraining(recipe, pseudoLabels, 5, 0.25, EarlyStopping.patience(1), 0);
    }

    /**
     * {@return this with another number of rounds}
     *
     * @param most at least 1
     */
    public SelfTraining rounds(int most) {
        return new SelfTraining(recipe, pseudoLabels, most, labeledShare, stopping, seed);
    }

    /**
     * {@return this with another least part of examples with true labels}
     *
     * @param share from 0 to below 1
     */
    public SelfTraining labeledShare(double share) {
        return new SelfTraining(recipe, pseudoLabels, rounds, share, stopping, seed);
    }

    /**
     * {@return this with another rule for stopping, whose epochs are rounds}
     *
     * @param rule the rule
     */
    public SelfTraining stopping(EarlyStopping rule) {
        return new SelfTraining(recipe, pseudoLabels, rounds, labeledShare, rule, seed);
    }

    /**
     * {@return this with another seed}
     *
     * @param value the seed
     */
    public SelfTraining seed(long value) {
        return new SelfTraining(recipe, pseudoLabels, rounds, labeledShare, stopping, value);
    }

    /**
     * What a round did.
     *
     * @param round its number; 0 learned from true labels only
     * @param added how many labels a model had written, by task and class, as in {@link PseudoLabels.Filled}; empty in round 0
     * @param examples number of examples trained on, repeated ones counted each time
     * @param validation how its model does on the validation data
     * @param best whether it is better than all rounds before
     */
    public record Round(
            int round,
            Map<String, SortedMap<Integer, Integer>> added,
            int examples,
            Evaluation validation,
            boolean best) {}

    /**
     * What came out.
     *
     * @param model the model of the best round
     * @param rounds what happened
     */
    public record Result(MultiTaskModel model, List<Round> rounds) {
        /** Copies the list. */
        public Result {
            rounds = List.copyOf(rounds);
        }

        /** {@return the best round} */
        public Round best() {
            return rounds.stream().filter(Round::best).reduce((a, b) -> b).orElseThrow();
        }
    }

    /**
     * Runs the rounds.
     *
     * @param data the training data, with labels of some examples; sources whose tasks no model can pseudo-label train as they
     *     are
     * @param validation with labels; not seen by any model
     * @return what came out
     * @throws IllegalArgumentException if a source has no labels at all, or a task cannot be pseudo-labelled
     */
    public Result run(MultiTaskData data, MultiTaskData validation) {
        List<Round> done = new ArrayList<>();
        MultiTaskData train = LabeledRows.only(data);
        Map<String, SortedMap<Integer, Integer>> added = Map.of();
        EarlyStopping.State state = null;
        MultiTaskModel best = null;
        for (int round = 0; round <= rounds; round++) {
            MultiTaskModel model =
                    recipe.train(train, new Seed(seed).child(round).value());
            state = state == null ? stopping.start(model.tasks()) : state;
            Evaluation evaluation = Evaluator.evaluate(model, validation);
            EarlyStopping.Decision decision = state.update(evaluation.asMap());
            boolean better = decision == EarlyStopping.Decision.BEST;
            best = better ? model : best;
            int examples = train.sources().stream().mapToInt(DataSource::size).sum();
            done.add(new Round(round, added, examples, evaluation, better));
            if (decision == EarlyStopping.Decision.STOP) {
                break;
            }
            added = new TreeMap<>();
            train = labeled(model, data, round + 1, added);
        }
        return new Result(best, done);
    }

    private MultiTaskData labeled(
            MultiTaskModel model, MultiTaskData data, int round, Map<String, SortedMap<Integer, Integer>> added) {
        int perClass = (int) Math.min(Integer.MAX_VALUE, (long) pseudoLabels.perClass() * round);
        List<DataSource> sources = new ArrayList<>();
        for (DataSource source : data.sources()) {
            PseudoLabels.Filled filled = pseudoLabels.perClass(perClass).fill(model, source);
            added.putAll(filled.added());
            boolean[] before = LabeledRows.has(source);
            boolean[] now = LabeledRows.has(filled.source());
            int[] fresh = IntStream.range(0, now.length)
                    .filter(i -> now[i] && !before[i])
                    .toArray();
            sources.add(LabeledRows.repeat(filled.source(), LabeledRows.indices(before), fresh, labeledShare));
        }
        return new MultiTaskData(sources);
    }
}
