package io.mtl4j.nn.data;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A data source of graphs of different sizes: features of each node, and edges between them. The model's input is {@code
 * Shape.sequence(features)}; a batch {@code [batch, nodes, features]} is filled up with 0 to its largest graph, its mask
 * tells which nodes are real, and its relations are the adjacency {@code [batch, nodes, nodes]}. Labels may be one for each
 * graph or one for each node ({@link Labels#tags}).
 *
 * <pre>{@code
 * DataSource source = GraphSource.builder("molecule")
 *         .nodes(new float[][][] {{{1, 0}, {0, 1}, {1, 0}}, {{0, 1}, {0, 1}}})
 *         .edges(new int[][][] {{{0, 1}, {1, 2}}, {{0, 1}}})
 *         .labels("toxic", Labels.classes(1, 0))
 *         .labels("ring", Labels.tags(new int[][] {{0, 0, 1}, {1, 1}}))
 *         .build();
 * }</pre>
 */
public final class GraphSource implements DataSource {

    private final SequenceSource nodes;
    private final List<Edges> edges;

    private GraphSource(SequenceSource nodes, List<Edges> edges) {
        this.nodes = nodes;
        this.edges = edges;
    }

    /**
     * {@return a builder}
     *
     * @param input name of the model input
     */
    public static Builder builder(String input) {
        return new Builder(input);
    }

    @Override
    public String input() {
        return nodes.input();
    }

    @Override
    public int size() {
        return nodes.size();
    }

    @Override
    public Set<String> tasks() {
        return nodes.tasks();
    }

    /**
     * {@return the number of nodes of a graph}
     *
     * @param index number of the graph
     */
    public int nodes(int index) {
        return nodes.length(index);
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        SourceBatch batch = nodes.batch(indices, random);
        int largest = (int) batch.features().size(1);
        float[] adjacency = new float[Math.multiplyExact(Math.multiplyExact(indices.length, largest), largest)];
        for (int i = 0; i < indices.length; i++) {
            edges.get(indices[i]).write(adjacency, i * largest * largest, largest);
        }
        return new SourceBatch(
                batch.features(),
                batch.steps(),
                Nd4j.createFromArray(adjacency).reshape(indices.length, largest, largest),
                batch.labels(),
                batch.labelMasks());
    }

    /**
     * {@return a source of some of the graphs}
     *
     * @param indices their numbers
     * @throws IndexOutOfBoundsException if there is no such graph
     */
    public GraphSource subset(int[] indices) {
        return new GraphSource(
                nodes.subset(indices),
                IntStream.of(indices).mapToObj(edges::get).toList());
    }

    /**
     * {@return a source of the first graphs}
     *
     * @param examples the most graphs to take
     */
    public GraphSource limit(int examples) {
        return subset(IntStream.range(0, Math.min(examples, size())).toArray());
    }

    /** Collects what a source is made of. */
    public static final class Builder {

        private final String what;
        private final SequenceSource.Builder nodes;
        private int[][][] pairs;
        private float[][] weights;
        private boolean directed;

        private Builder(String input) {
            this.nodes = SequenceSource.builder(input, "node");
            this.what = "input \"" + input + "\"";
        }

        /**
         * Sets the nodes.
         *
         * @param features {@code [graphs][nodes][features]}, at least one node each, finite; copied
         * @return this builder
         * @throws IllegalArgumentException if a graph has no nodes, nodes differ in their number of features, or a value is
         *     not finite
         * @throws IllegalStateException if there are nodes already
         */
        public Builder nodes(float[][][] features) {
            nodes.features(features);
            return this;
        }

        /**
         * Sets the edges, which join two nodes in both directions unless they are {@linkplain #directed() directed}. An edge
         * given more than once counts once, with its largest weight.
         *
         * @param ofGraphs {@code [graphs][edges][2]}, two node numbers of the graph for each edge; a graph may have none
         * @return this builder
         */
        public Builder edges(int[][][] ofGraphs) {
            pairs = ofGraphs.clone();
            return this;
        }

        /**
         * Sets weights of the edges, which are 1 otherwise.
         *
         * @param ofEdges {@code [graphs][edges]}, finite and above 0
         * @return this builder
         */
        public Builder weights(float[][] ofEdges) {
            weights = ofEdges.clone();
            return this;
        }

        /**
         * Says that an edge {@code {from, to}} has a direction: node {@code to} listens to node {@code from}, and not the
         * other way.
         *
         * @return this builder
         */
        public Builder directed() {
            directed = true;
            return this;
        }

        /**
         * Adds the labels of a task.
         *
         * @param task name of the task
         * @param taskLabels one label for each graph, or {@link Labels#tags} with one for each node
         * @return this builder
         * @throws IllegalStateException if the task has labels already
         */
        public Builder labels(String task, Labels taskLabels) {
            nodes.labels(task, taskLabels);
            return this;
        }

        /**
         * {@return the source}
         *
         * @throws IllegalStateException if there are no nodes or no edges
         * @throws IllegalArgumentException if there are more or less labels than graphs or nodes, or lists of edges than
         *     graphs, if an edge has no two ends among the nodes of its graph, or a weight is not above 0
         */
        public GraphSource build() {
            SequenceSource built = nodes.build();
            if (pairs == null) {
                throw new IllegalStateException(
                        what + ": no edges; call edges(...), with an empty list for a graph without edges");
            }
            requireCount("lists of edges", pairs.length, built.size());
            if (weights != null) {
                requireCount("lists of weights", weights.length, built.size());
            }
            List<Edges> all = IntStream.range(0, pairs.length)
                    .mapToObj(i -> Edges.of(
                            what + ": graph " + i,
                            pairs[i],
                            weights == null ? null : weights[i],
                            built.length(i),
                            directed))
                    .toList();
            return new GraphSource(built, all);
        }

        private void requireCount(String lists, int found, int graphs) {
            if (found != graphs) {
                throw new IllegalArgumentException(
                        what + ": " + found + " " + lists + " for " + graphs + " graphs; give one for each graph");
            }
        }
    }
}
