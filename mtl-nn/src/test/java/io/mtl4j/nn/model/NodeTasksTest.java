package io.mtl4j.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.GraphSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.TaskHead;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Models that answer for graphs and for their nodes, with the edges read by the encoder, by the heads, and by both. */
class NodeTasksTest {

    private static final String INPUT = "graph";

    private static Encoder encoder() {
        return Encoders.gnn()
                .activation(Activation.TANH)
                .convolution(4)
                .dropout(0.2)
                .attention(4, 2);
    }

    private static TaskHead kind() {
        return Tasks.classification("kind", 2).activation(Activation.TANH);
    }

    private static TaskHead role() {
        return Tasks.nodeClassification("role", 3).activation(Activation.TANH);
    }

    static Stream<MultiTaskModel> models() {
        Encoder blind = Encoders.mlp().activation(Activation.TANH).dense(4);
        return Stream.of(
                model(DataType.DOUBLE, encoder(), kind(), role(), size()),
                model(
                        DataType.DOUBLE,
                        blind,
                        kind().graphConvolution(4, 3).dropout(0.2),
                        role().graphAttention(6, 3).hidden(4),
                        size().graphConvolution(3)),
                model(
                        DataType.DOUBLE,
                        encoder(),
                        kind().graphAttention(4, 1).pool(SequencePool.Kind.MAX),
                        role(),
                        size().pool(SequencePool.Kind.SUM)));
    }

    private static TaskHead size() {
        return Tasks.regression("size", 1).activation(Activation.TANH);
    }

    private static MultiTaskModel model(DataType type, Encoder encoder, TaskHead... heads) {
        ModelBuilder builder = MultiTaskModel.builder()
                .input(INPUT, Shape.sequence(3))
                .encoder(encoder)
                .seed(3)
                .dataType(type);
        List.of(heads).forEach(builder::task);
        return builder.build();
    }

    /** Random graphs; a node's role is 1 if it or a neighbour is marked, and a graph of kind 1 has no other nodes. */
    private static GraphSource graphs(int count) {
        RandomGenerator random = new SplittableRandom(5);
        float[][][] nodes = new float[count][][];
        int[][][] edges = new int[count][][];
        int[][] roles = new int[count][];
        int[] kinds = new int[count];
        float[] sizes = new float[count];
        for (int g = 0; g < count; g++) {
            int n = 1 + random.nextInt(5);
            nodes[g] = new float[n][];
            roles[g] = new int[n];
            for (int i = 0; i < n; i++) {
                roles[g][i] = random.nextInt(4) == 0 ? 1 : 0;
                nodes[g][i] = new float[] {1, roles[g][i], random.nextFloat() - 0.5f};
            }
            edges[g] = edges(nodes[g], roles[g], random);
            kinds[g] = IntStream.of(roles[g]).min().getAsInt();
            sizes[g] = n;
        }
        return GraphSource.builder(INPUT)
                .nodes(nodes)
                .edges(edges)
                .labels("kind", Labels.classes(kinds))
                .labels("role", Labels.tags(roles))
                .labels("size", Labels.values(sizes))
                .build();
    }

    private static int[][] edges(float[][] nodes, int[] roles, RandomGenerator random) {
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < nodes.length; i++) {
            for (int j = 0; j < i; j++) {
                if (random.nextInt(3) == 0) {
                    edges.add(new int[] {i, j});
                    roles[i] = Math.max(roles[i], (int) nodes[j][1]);
                    roles[j] = Math.max(roles[j], (int) nodes[i][1]);
                }
            }
        }
        return edges.toArray(int[][]::new);
    }

    private static SourceBatch batch(int... indices) {
        return graphs(8).batch(indices, new SplittableRandom(1));
    }

    @ParameterizedTest
    @MethodSource("models")
    void gradientsMatchFiniteDifferences(MultiTaskModel model) {
        Network network = model.network();
        MultiTaskBatch batch = new MultiTaskBatch(Map.of(INPUT, batch(0, 1, 2, 3, 4, 5)));
        NetworkGradientCheck.check(network, batch, 80, 1.5, 0.5, 1);
    }

    @ParameterizedTest
    @MethodSource("models")
    void answersDoNotDependOnTheOtherGraphsOfABatch(MultiTaskModel model) {
        List<Prediction> together = model.predictBatch(INPUT, batch(0, 1, 2, 3));
        for (int i = 0; i < 4; i++) {
            SourceBatch one = batch(i);
            Prediction alone = model.predictBatch(INPUT, one).get(0);
            assertArrayEquals(
                    alone.task("kind").probabilities(),
                    together.get(i).task("kind").probabilities(),
                    1e-13);
            assertEquals(
                    alone.task("role").labels(), together.get(i).task("role").labels());
            assertEquals(one.features().size(1), alone.task("role").labels().size());
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void answersNeedTheEdges(MultiTaskModel model) {
        SourceBatch batch = batch(0, 1);
        assertTrue(assertThrows(
                        IllegalStateException.class, () -> model.predictBatch(INPUT, batch.features(), batch.steps()))
                .getMessage()
                .contains("the examples come without edges; give their adjacency"));
    }

    @Test
    void learnsWhatOnlyTheEdgesTell() {
        MultiTaskModel model = model(
                DataType.FLOAT,
                Encoders.gnn().dense(8).convolution(16),
                kind().graphConvolution(16).hidden(16).pool(SequencePool.Kind.MAX),
                role().hidden(16),
                size().pool(SequencePool.Kind.SUM));
        MultiTaskData data = MultiTaskData.of(graphs(200));
        Trainer.builder(model)
                .epochs(30)
                .batchSize(20)
                .optimizer(new AdamW(0.02, 0))
                .build()
                .fit(data);
        Evaluation result = Evaluator.evaluate(model, data);
        assertTrue(result.task("role").metric("accuracy") > 0.9, result.report());
        assertTrue(result.task("kind").metric("accuracy") > 0.9, result.report());
    }

    @Test
    void refusesHeadsOnNodesWhereThereAreNone() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> model(DataType.FLOAT, Encoders.gnn().convolution(3).mean(), kind().graphConvolution(4)));
        assertEquals(
                "task \"kind\" has layers on the nodes of graphs, but its representation is vector(3); use an encoder that"
                        + " keeps every node",
                refusal.getMessage());
        assertEquals(
                "gnn: no layers; add at least one, such as convolution(64)",
                assertThrows(IllegalStateException.class, () -> model(DataType.FLOAT, Encoders.gnn(), kind()))
                        .getMessage());
    }
}
