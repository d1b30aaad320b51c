package io.mtl4j.nn.meta;

import java.util.random.RandomGenerator;

/**
 * A distribution over learning problems, the p(T) of the papers. {@link ClassEpisodes} draws them from the classes of a data
 * set; one of your own is a class of one method:
 *
 * <pre>{@code
 * EpisodeSource lines = random -> {
 *     double slope = random.nextGaussian();
 *     return new Episode(points(slope, 5, random), points(slope, 20, random));
 * };
 * }</pre>
 */
@FunctionalInterface
public interface EpisodeSource {

    /**
     * {@return an episode}
     *
     * @param random all randomness of the draw comes from here: the same state, the same episode
     */
    Episode draw(RandomGenerator random);
}
