package io.mtl4j.nn.ensemble;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.layer.Seed;
import java.util.stream.IntStream;

/** Trains ensembles whose members all come from one recipe. They average; give the members to another {@link Ensemble} to
 * combine them differently. */
public final class Ensembles {

    private Ensembles() {}

    /**
     * {@return models that differ in their seed alone} For neural networks this is hard to beat: each start and order of
     * examples ends in another place (B. Lakshminarayanan, A. Pritzel, C. Blundell, "Simple and Scalable Predictive
     * Uncertainty Estimation using Deep Ensembles", NeurIPS 2017, without adversarial examples).
     *
     * @param members number of members, at least 1
     * @param train what all are trained on
     * @param seed of the ensemble, from which each member has a seed of its own
     * @param recipe how one is trained
     */
    public static Ensemble seeds(int members, MultiTaskData train, long seed, ModelRecipe recipe) {
        Require.atLeast("members", members, 1);
        return new Ensemble(
                IntStream.range(0, members)
                        .mapToObj(
                                m -> recipe.train(train, new Seed(seed).child(m).value()))
                        .toList(),
                new Average());
    }

    /**
     * {@return models each of which is trained on a {@link Bootstrap} sample of its own} Of use where training is unstable,
     * as with small data.
     *
     * @param members number of members, at least 1
     * @param train from which the samples are drawn
     * @param seed of the ensemble, from which each member has a seed, and each sample too
     * @param recipe how one is trained
     */
    public static Ensemble bagging(int members, MultiTaskData train, long seed, ModelRecipe recipe) {
        Require.atLeast("members", members, 1);
        return new Ensemble(
                IntStream.range(0, members)
                        .mapToObj(m -> {
                            Seed own = new Seed(seed).child(m);
                            MultiTaskData bag =
                                    Bootstrap.of(train, own.child(1).value()).bag();
                            return recipe.train(bag, own.value());
                        })
                        .toList(),
                new Average());
    }
}
