package io.mtl4j.nn.data;

/**
 * The edges of one graph: node {@code listeners[e]} listens to node {@code sources[e]}.
 *
 * @param listeners the rows of the adjacency
 * @param sources its columns
 * @param weights of the edges; null if all are 1
 * @param directed whether edges hold in one direction only
 */
record Edges(int[] listeners, int[] sources, float[] weights, boolean directed) {

    /** Checks and copies; {@code what} is the graph, for messages. */
    static Edges of(String what, int[][] pairs, float[] weights, int nodes, boolean directed) {
        if (weights != null && weights.length != pairs.length) {
            throw new IllegalArgumentException(what + " has " + weights.length + " weights for " + pairs.length
                    + " edges; give one weight for each edge");
        }
        int[] listeners = new int[pairs.length];
        int[] sources = new int[pairs.length];
        for (int e = 0; e < pairs.length; e++) {
            if (pairs[e].length != 2) {
                throw new IllegalArgumentException(
                        what + ", edge " + e + " has " + pairs[e].length + " ends; give two node numbers");
            }
            sources[e] = inside(what, e, pairs[e][0], nodes);
            listeners[e] = inside(what, e, pairs[e][1], nodes);
            if (weights != null && !(weights[e] > 0 && Float.isFinite(weights[e]))) {
                throw new IllegalArgumentException(what + ", edge " + e + " has weight " + weights[e]
                        + "; weights must be finite and above 0, so leave edges that do not count out");
            }
        }
        return new Edges(listeners, sources, weights == null ? null : weights.clone(), directed);
    }

    private static int inside(String what, int edge, int node, int nodes) {
        if (node < 0 || node >= nodes) {
            throw new IllegalArgumentException(what + ", edge " + edge + " ends at node " + node
                    + ", but the graph has " + nodes + " nodes; node numbers go from 0 to " + (nodes - 1));
        }
        return node;
    }

    /** Writes an adjacency of rows of the given width. */
    void write(float[] adjacency, int start, int width) {
        for (int e = 0; e < listeners.length; e++) {
            float weight = weights == null ? 1 : weights[e];
            raise(adjacency, start + listeners[e] * width + sources[e], weight);
            if (!directed) {
                raise(adjacency, start + sources[e] * width + listeners[e], weight);
            }
        }
    }

    private static void raise(float[] adjacency, int place, float weight) {
        adjacency[place] = Math.max(adjacency[place], weight);
    }
}
