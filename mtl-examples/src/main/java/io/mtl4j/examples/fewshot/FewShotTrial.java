package io.mtl4j.examples.fewshot;

import io.mtl4j.nn.meta.Adaptation;
import io.mtl4j.nn.meta.AdaptedPart;
import io.mtl4j.nn.meta.EpisodeSource;
import io.mtl4j.nn.meta.Maml;
import io.mtl4j.nn.meta.MetaEvaluation;
import io.mtl4j.nn.meta.MetaLearner;
import io.mtl4j.nn.meta.MetaMethod;
import io.mtl4j.nn.meta.Reptile;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.TrainingDivergedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.learning.config.Adam;

/**
 * All methods on one problem with one seed. Each gets the rate of adaptation, and where it may choose, the part that adapts, which
 * is best on the validation episodes.
 */
public final class FewShotTrial {

    private final FewShotProblem problem;
    private final Settings settings;
    private final long seed;

    /**
     * What a trial is made of.
     *
     * @param steps number of steps of meta-learning
     * @param episodes number of episodes in a step
     * @param innerSteps number of steps of adaptation while learning
     * @param adaptationSteps number of steps of adaptation afterwards
     * @param validations number of episodes to choose by
     * @param tests number of episodes to judge by
     */
    public record Settings(int steps, int episodes, int innerSteps, int adaptationSteps, int validations, int tests) {}

    /**
     * Makes a trial.
     *
     * @param problem the problem
     * @param settings what the trial is made of
     * @param seed of models, trainings and draws
     */
    public FewShotTrial(FewShotProblem problem, Settings settings, long seed) {
        this.problem = problem;
        this.settings = settings;
        this.seed = seed;
    }

    /** {@return the methods by name; each gives its score on the unseen episodes} */
    public Map<String, Supplier<Double>> methods() {
        Map<String, Supplier<Double>> methods = new LinkedHashMap<>();
        methods.put("from scratch", () -> score(problem.model(seed), AdaptedPart.ALL));
        methods.put("joint pretraining", () -> {
            MultiTaskModel model = problem.model(seed);
            problem.pretrain(model, seed);
            return score(model, AdaptedPart.ALL, AdaptedPart.HEADS);
        });
        methods.put("reptile", () -> learned(new Reptile(), 2, AdaptedPart.ALL));
        methods.put("fomaml", () -> learned(Maml.firstOrder(), 1, AdaptedPart.ALL));
        methods.put("maml", () -> learned(Maml.exactly(), 1, AdaptedPart.ALL));
        methods.put("maml, heads adapt", () -> learned(Maml.exactly(), 1, AdaptedPart.HEADS));
        return methods;
    }

    /** Reptile takes its steps on support and query examples in turn, and so twice as many. */
    private double learned(MetaMethod method, int stepFactor, AdaptedPart part) {
        MultiTaskModel model = problem.model(seed);
        Adaptation inner = new Adaptation(stepFactor * settings.innerSteps(), problem.innerRate(), part);
        MetaLearner.builder(model, method, inner)
                .optimizer(new Adam(1e-3))
                .episodes(settings.episodes())
                .steps(settings.steps())
                .seed(seed)
                .build()
                .fit(problem.training());
        return score(model, part);
    }

    private double score(MultiTaskModel model, AdaptedPart... parts) {
        Adaptation best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (AdaptedPart part : parts) {
            for (double rate : problem.rates()) {
                Adaptation tried = new Adaptation(settings.adaptationSteps(), rate, part);
                double score = score(model, tried, problem.validation(), settings.validations(), seed + 1000);
                if (best == null || score > most) {
                    best = tried;
                    most = score;
                }
            }
        }
        return score(model, best, problem.unseen(), settings.tests(), seed + 2000);
    }

    /** A rate that is too high for some episode has the worst of scores: its training diverges, or metrics refuse its outputs. */
    private double score(MultiTaskModel model, Adaptation tried, EpisodeSource episodes, int count, long draws) {
        try {
            return problem.score(MetaEvaluation.of(model, tried, episodes, count, draws));
        } catch (TrainingDivergedException | IllegalArgumentException e) {
            return Double.NEGATIVE_INFINITY;
        }
    }
}
