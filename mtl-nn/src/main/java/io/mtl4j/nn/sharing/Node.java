package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Parameter;
import java.util.List;

/**
 * A part of a trunk, bound.
 *
 * @param name its name; nodes of one name have the same parameters
 * @param join what it computes; null for the trunk's input
 * @param sources the numbers of the nodes that it reads
 * @param reach by task, whether the task reads it, directly or through others
 * @param parameters its parameters
 * @param live whether anything depends on the gradient of its output
 */
record Node(String name, Join join, List<Integer> sources, boolean[] reach, List<Parameter> parameters, boolean live) {

    boolean serves(boolean[] tasks) {
        boolean any = false;
        for (int k = 0; k < reach.length; k++) {
            any |= reach[k] && tasks[k];
        }
        return any;
    }

    /** Whether it has something to learn that several tasks share, but not all of them. */
    boolean sharedBySome() {
        boolean all = true;
        for (boolean reached : reach) {
            all &= reached;
        }
        return !all && parameters.stream().anyMatch(Parameter::shared);
    }
}
