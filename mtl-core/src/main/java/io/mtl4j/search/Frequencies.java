package io.mtl4j.search;

import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** The probability of each option, {@code (count + 1) / (n + options)}. */
record Frequencies(List<String> options, List<Object> seen) implements Density {

    @Override
    public Object draw(RandomGenerator random) {
        int at = random.nextInt(seen.size() + options.size());
        return at < seen.size() ? seen.get(at) : options.get(at - seen.size());
    }

    @Override
    public double log(Object value) {
        return Math.log((Collections.frequency(seen, value) + 1.0) / (seen.size() + options.size()));
    }
}
