package io.mtl4j.examples.fewshot;

import io.mtl4j.nn.meta.EpisodeSource;
import io.mtl4j.nn.meta.MetaEvaluation;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.List;

/** A kind of problem that comes up again and again, each time with few examples. */
public interface FewShotProblem {

    /** {@return the name} */
    String name();

    /** {@return what it is, in words} */
    String description();

    /** {@return what {@link #score} is, in words} */
    String measure();

    /**
     * {@return a new model}
     *
     * @param seed of the initial parameters
     */
    MultiTaskModel model(long seed);

    /**
     * Trains a model on the data of all training episodes together, the usual way to make use of them.
     *
     * @param model the model
     * @param seed of the training
     */
    void pretrain(MultiTaskModel model, long seed);

    /** {@return the episodes to learn from} */
    EpisodeSource training();

    /** {@return episodes of the same kind with other examples, by which the rate of adaptation is chosen} */
    EpisodeSource validation();

    /** {@return the episodes that methods are judged by} */
    EpisodeSource unseen();

    /** {@return the rate of the inner steps while learning} */
    double innerRate();

    /** {@return the rates of adaptation to choose from afterwards} */
    List<Double> rates();

    /**
     * {@return how good models were, higher is better}
     *
     * @param evaluation what came out of episodes
     */
    double score(MetaEvaluation evaluation);
}
