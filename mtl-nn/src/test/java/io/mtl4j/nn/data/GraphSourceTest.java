package io.mtl4j.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class GraphSourceTest {

    private static final float[][][] NODES = {{{1, 2}, {3, 4}, {5, 6}}, {{7, 8}}, {{9, 1}, {2, 3}}};
    private static final int[][][] EDGES = {{{0, 1}, {2, 1}, {1, 0}}, {}, {{0, 1}, {1, 1}}};

    private static GraphSource.Builder graphs() {
        return GraphSource.builder("graph").nodes(NODES).edges(EDGES);
    }

    private static GraphSource labeled() {
        return graphs().labels("kind", Labels.classes(0, 1, 2))
                .labels("role", Labels.tags(new int[][] {{0, 1, 2}, {Labels.MISSING}, {4, 5}}))
                .build();
    }

    private static SourceBatch batch(GraphSource source, int... indices) {
        return source.batch(indices, new SplittableRandom(1));
    }

    @Test
    void aBatchIsFilledUpToItsOwnLargestGraph() {
        SourceBatch batch = batch(labeled(), 1, 0);
        assertEquals(
                Nd4j.createFromArray(new float[][][] {{{7, 8}, {0, 0}, {0, 0}}, {{1, 2}, {3, 4}, {5, 6}}}),
                batch.features());
        assertEquals(Nd4j.createFromArray(new float[][] {{1, 0, 0}, {1, 1, 1}}), batch.steps());
        assertEquals(
                Nd4j.createFromArray(new float[][][] {new float[3][3], {{0, 1, 0}, {1, 0, 1}, {0, 1, 0}}}),
                batch.relations());
        assertArrayEquals(new float[] {1, 0}, batch.labels().get("kind").toFloatVector());
        assertArrayEquals(
                new float[][] {{Float.NaN, 0, 0}, {0, 1, 2}},
                batch.labels().get("role").toFloatMatrix());
        assertArrayEquals(new long[] {1, 1, 1}, batch(labeled(), 1).relations().shape());
        assertEquals(Set.of("kind", "role"), labeled().tasks());
        assertEquals("graph", labeled().input());
        assertEquals(3, labeled().nodes(0));
    }

    @Test
    void aDirectedEdgeIsHeardAtItsEnd() {
        assertEquals(
                Nd4j.createFromArray(new float[][][] {{{0, 1, 0}, {1, 0, 1}, {0, 0, 0}}}),
                batch(graphs().directed().build(), 0).relations());
        assertEquals(
                Nd4j.createFromArray(new float[][][] {{{0, 0}, {1, 1}}}),
                batch(graphs().directed().build(), 2).relations());
    }

    @Test
    void ofAnEdgeGivenTwiceTheLargestWeightCounts() {
        GraphSource source =
                graphs().weights(new float[][] {{0.5f, 3, 2}, {}, {4, 0.25f}}).build();
        assertEquals(
                Nd4j.createFromArray(new float[][][] {
                    {{0, 2, 0}, {2, 0, 3}, {0, 3, 0}}, {{0, 4, 0}, {4, 0.25f, 0}, {0, 0, 0}}
                }),
                batch(source, 0, 2).relations());
    }

    @Test
    void subsetsShowTheChosenGraphs() {
        GraphSource chosen = labeled().subset(new int[] {2, 0, 2}).limit(2);
        assertEquals(2, chosen.size());
        SourceBatch expected = batch(labeled(), 0, 2);
        SourceBatch found = batch(chosen, 1, 0);
        assertEquals(expected.features(), found.features());
        assertEquals(expected.relations(), found.relations());
        assertEquals(expected.labels(), found.labels());
    }

    @Test
    void laterChangesOfTheArraysDoNotMatter() {
        float[][] weights = {{1, 1, 1}, {}, {1, 1}};
        int[][][] edges = {{{0, 1}, {2, 1}, {1, 0}}, {}, {{0, 1}, {1, 1}}};
        GraphSource source = GraphSource.builder("graph")
                .nodes(NODES)
                .edges(edges)
                .weights(weights)
                .build();
        edges[0][0][1] = 2;
        weights[0][0] = 9;
        assertEquals(batch(graphs().build(), 0).relations(), batch(source, 0).relations());
    }

    @Test
    void refusalsNameTheGraphAndTheCure() {
        refused(
                "input \"graph\": graph 0, edge 1 ends at node 3, but the graph has 3 nodes; node numbers go from 0 to 2",
                graphs().edges(new int[][][] {{{0, 1}, {2, 3}}, {}, {}}));
        refused(
                "input \"graph\": graph 2, edge 0 ends at node -1, but the graph has 2 nodes; node numbers go from 0 to 1",
                graphs().edges(new int[][][] {{}, {}, {{-1, 0}}}));
        refused("input \"graph\": graph 0, edge 0 has 3 ends; give two node numbers", graphs().edges(new int[][][] {
            {{0, 1, 2}}, {}, {}
        }));
        refused(
                "input \"graph\": 2 lists of edges for 3 graphs; give one for each graph",
                graphs().edges(new int[][][] {{}, {}}));
        refused(
                "input \"graph\": 1 lists of weights for 3 graphs; give one for each graph",
                graphs().weights(new float[][] {{}}));
        refused(
                "input \"graph\": graph 2 has 1 weights for 2 edges; give one weight for each edge",
                graphs().weights(new float[][] {{1, 1, 1}, {}, {1}}));
        for (float weight : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
            refused(
                    "input \"graph\": graph 0, edge 2 has weight " + weight
                            + "; weights must be finite and above 0, so leave edges that do not count out",
                    graphs().weights(new float[][] {{1, 1, weight}, {}, {1, 1}}));
        }
        refused(
                "task \"role\": 2 tags for 3 nodes of example 0; give one tag for each node",
                graphs().labels("role", Labels.tags(new int[][] {{0, 1}, {1}, {4, 5}})));
        assertEquals(
                "input \"graph\": no edges; call edges(...), with an empty list for a graph without edges",
                assertThrows(
                                IllegalStateException.class,
                                () -> GraphSource.builder("graph").nodes(NODES).build())
                        .getMessage());
        assertEquals(
                "input \"graph\": example 0, node 1, column 0 is NaN; features must be finite numbers",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> GraphSource.builder("graph").nodes(new float[][][] {{{1}, {Float.NaN}}}))
                        .getMessage());
    }

    private static void refused(String message, GraphSource.Builder builder) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }
}
