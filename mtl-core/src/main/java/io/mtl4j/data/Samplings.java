package io.mtl4j.data;

/** The samplings that come with the library. */
public final class Samplings {

    private Samplings() {}

    /**
     * Joint training: every step has a batch of every source. The source with the most batches sets the length of the
     * epoch and is gone through once; the others are reshuffled and start again as often as needed. With one source
     * this is ordinary shuffled training. The usual choice.
     *
     * @return the sampling
     */
    public static Sampling longest() {
        return new JointSampling(true);
    }

    /**
     * Joint training in which the source with the fewest batches sets the length of the epoch: it is gone through once,
     * and of each of the others as many batches of a fresh shuffle are taken.
     *
     * @return the sampling
     */
    public static Sampling shortest() {
        return new JointSampling(false);
    }

    /**
     * Alternating training: one source a step, in turn. Every source is gone through exactly once; one that is through
     * drops out, so that the end of the epoch belongs to the largest. When that is not wanted, combine with {@link
     * #limited}, or use {@link #proportional}, which mixes the sources evenly.
     *
     * @return the sampling
     */
    public static Sampling roundRobin() {
        return new RoundRobinSampling();
    }

    /**
     * Alternating training at random: one source a step, drawn with probability {@code n_s^(1/T) / Σ n_r^(1/T)}, with
     * {@code n_s} the source's number of examples (temperature sampling, as in multilingual models: Arivazhagan et al.,
     * 2019). An epoch has as many steps as the sources have batches together. A drawn source gives the next batch of
     * its shuffle and is reshuffled when through; which part of a source an epoch sees is thus left to chance.
     *
     * @param temperature T, above 0: 1 draws in proportion to size, larger values favour small sources, {@link
     *     Double#POSITIVE_INFINITY} draws all alike
     * @return the sampling
     * @throws IllegalArgumentException if {@code temperature} is out of its range
     */
    public static Sampling proportional(double temperature) {
        return new ProportionalSampling(temperature);
    }

    /**
     * A cap on the examples that a source contributes to an epoch. An epoch sees the next {@code examplesPerEpoch[s]}
     * examples of the source's shuffle, and a shuffle lasts until each example has been seen: with 15,000 of 60,000
     * four epochs see each example once. When the cap does not divide the size, the last epoch of a shuffle is filled
     * up from its beginning.
     *
     * @param inner the order of the batches; it sees sources with at most {@code examplesPerEpoch} examples
     * @param examplesPerEpoch the cap of each source, {@code [S]}; 0 for none
     * @return the sampling
     * @throws IllegalArgumentException if a cap is negative
     */
    public static Sampling limited(Sampling inner, int... examplesPerEpoch) {
        return new LimitedSampling(inner, examplesPerEpoch);
    }
}
