package io.mtl4j.search;

import java.util.List;
import java.util.random.RandomGenerator;

/** How likely the values of one parameter are, estimated from some that were seen. */
interface Density {

    /** Draws a value. */
    Object draw(RandomGenerator random);

    /** The logarithm of the density, or of the probability, of a value. */
    double log(Object value);

    /** Estimates from seen values, and from the knowledge that all are possible. */
    static Density of(Hyperparameter parameter, List<Object> seen) {
        if (parameter instanceof Hyperparameter.Numeric numeric) {
            return new ParzenEstimator(
                    numeric, seen.stream().mapToDouble(numeric::place).toArray());
        }
        return new Frequencies(((Hyperparameter.Choice) parameter).options(), seen);
    }

    /** The candidate from the density of good values that is most likely among them and least among the others. */
    static Object best(
            Hyperparameter parameter, List<Object> good, List<Object> others, int candidates, RandomGenerator random) {
        Density likely = of(parameter, good);
        Density unlikely = of(parameter, others);
        Object best = null;
        double bestRatio = 0;
        for (int i = 0; i < candidates; i++) {
            Object value = likely.draw(random);
            double ratio = likely.log(value) - unlikely.log(value);
            if (best == null || ratio > bestRatio) {
                best = value;
                bestRatio = ratio;
            }
        }
        return best;
    }
}
