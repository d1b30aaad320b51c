package io.mtl4j.nn.meta;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluation.TaskEvaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How well a model does on episodes that it has adapted to, each from the same start.
 *
 * @param episodes what came out of the query examples of each episode
 */
public record MetaEvaluation(List<Evaluation> episodes) {

    private static final double NORMAL_95 = 1.96;

    /** Copies the list and checks that it is not empty. */
    public MetaEvaluation {
        episodes = List.copyOf(episodes);
        Require.atLeast("meta-evaluation: episodes", episodes.size(), 1);
    }

    /**
     * Draws episodes, adapts a copy of the model to each, and evaluates it on the episode's query examples.
     *
     * @param model the model, which stays as it is
     * @param adaptation how copies adapt
     * @param source where episodes come from
     * @param count the number of episodes, at least 1
     * @param seed of the draw: the same seed, the same episodes
     * @return what came out
     */
    public static MetaEvaluation of(
            MultiTaskModel model, Adaptation adaptation, EpisodeSource source, int count, long seed) {
        List<Evaluation> episodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Episode episode = source.draw(new Seed(seed).child(i).generator());
            try (MultiTaskModel adapted = adaptation.adapt(model, episode.support())) {
                episodes.add(Evaluator.evaluate(adapted, episode.query()));
            }
        }
        return new MetaEvaluation(episodes);
    }

    /**
     * {@return the mean loss of a task}
     *
     * @param task the task's name
     */
    public double loss(String task) {
        return mean(task, TaskEvaluation::loss);
    }

    /**
     * {@return the mean of a metric over the episodes}
     *
     * @param task the task's name
     * @param metric the metric's name
     */
    public double metric(String task, String metric) {
        return mean(task, evaluation -> evaluation.metric(metric));
    }

    /**
     * {@return half the width of the 95 % confidence interval of {@link #metric}, by the normal distribution; NaN of a single
     * episode}
     *
     * @param task the task's name
     * @param metric the metric's name
     */
    public double confidence(String task, String metric) {
        double mean = metric(task, metric);
        double squares = episodes.stream()
                .mapToDouble(e -> Math.pow(e.task(task).metric(metric) - mean, 2))
                .sum();
        int n = episodes.size();
        return n < 2 ? Double.NaN : NORMAL_95 * Math.sqrt(squares / (n - 1) / n);
    }

    private double mean(String task, ToDoubleFunction<TaskEvaluation> number) {
        return episodes.stream()
                .mapToDouble(e -> number.applyAsDouble(e.task(task)))
                .average()
                .orElseThrow();
    }
}
