package io.mtl4j.nn.train;

import io.mtl4j.nn.layer.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * How deep each parameter of the encoder lies: layers with parameters are counted from the input. Copies of an encoder, such
 * as experts, are as deep as the encoder itself; what is no layer of an encoder, such as a gate, counts to the last. Stems
 * count to the first layer.
 */
final class EncoderDepth {

    private static final int NOT_OF_THE_ENCODER = -1;
    private static final String ENCODER = "encoder";
    private static final String STEM = "stem:";

    private final List<Integer> places;

    EncoderDepth(List<Parameter> parameters) {
        TreeSet<Integer> found = new TreeSet<>();
        for (Parameter p : parameters) {
            if (p.trained() && p.name().startsWith(ENCODER + '.')) {
                found.add(place(p));
            }
        }
        this.places = List.copyOf(found);
    }

    /** The first number in the name, which is the place in the encoder's chain. */
    private static int place(Parameter p) {
        return Arrays.stream(p.name().split("\\."))
                .filter(part -> part.chars().allMatch(Character::isDigit))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /** {@return the number of layers, at least 1} */
    int layers() {
        return Math.max(1, places.size());
    }

    /** {@return a parameter's layer from 0; -1 for those of heads} */
    int of(Parameter p) {
        if (p.name().startsWith(STEM)) {
            return 0;
        }
        return p.name().startsWith(ENCODER + '.') ? places.indexOf(place(p)) : NOT_OF_THE_ENCODER;
    }
}
