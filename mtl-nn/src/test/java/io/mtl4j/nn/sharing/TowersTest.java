package io.mtl4j.nn.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.sharing.SharedModels.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is special to each way of sharing that takes an encoder apart. */
class TowersTest {

    private static final int ALL = Parameter.SHARED;

    private static Network network(Trial trial, Sharing sharing) {
        return SharedModels.model(trial, sharing, DataType.DOUBLE).network();
    }

    private static SourceBatch examples(Trial trial) {
        MultiTaskBatch batch = SharedModels.batch(trial, DataType.DOUBLE, "a", "b");
        return batch.sources().get(MultiTaskModel.DEFAULT_INPUT);
    }

    /** Owners of the encoder's parameters by the first two parts of their names; frozen ones are left out. */
    private static Map<String, Integer> owners(Trial trial, Sharing sharing) {
        Map<String, Integer> owners = new TreeMap<>();
        for (Parameter p : network(trial, sharing).store().layout().parameters()) {
            if (p.name().startsWith("encoder.") && p.trained()) {
                String name = p.name().substring("encoder.".length());
                String part = name.replaceAll("^((task:.\\.)?[a-z]*[0-9]*)\\..*", "$1");
                Integer before = owners.put(part, p.owner());
                assertTrue(before == null || before == p.owner(), p.name());
            }
        }
        return owners;
    }

    private static Map<String, Integer> owners(Sharing sharing) {
        return owners(SharedModels.mlp(), sharing);
    }

    @Test
    void stitchesBelongToAllButBehindTheLastStage() {
        Map<String, Integer> expected = Map.of(
                "task:a.stage0", ALL,
                "task:b.stage0", ALL,
                "task:a.stitch0", ALL,
                "task:b.stitch0", ALL,
                "task:a.stage1", ALL,
                "task:b.stage1", ALL,
                "task:a.stitch1", 0,
                "task:b.stitch1", 1);
        assertEquals(expected, owners(Sharings.crossStitch()));
        assertEquals(expected, owners(Sharings.crossStitch().perChannel()));
        assertEquals(expected, owners(Sharings.sluice(2)));
    }

    @Test
    void skipsBelongToTheirTask() {
        Map<String, Integer> owners = owners(SharedModels.tagger(), Sharings.sluice(2));
        assertEquals(0, owners.get("task:a.skip"));
        assertEquals(1, owners.get("task:b.skip"));
        // A lower stitch is read by its task's last combination, and by the other task through the stage above.
        assertEquals(ALL, owners.get("task:a.stitch0"));
    }

    @Test
    void otherPartsBelongToThoseWhoseLossesTheyReach() {
        assertEquals(Map.of("task:a.0", 0, "task:a.2", 0, "task:b.0", 1, "task:b.2", 1), owners(Sharings.soft(1)));
        assertEquals(
                Map.of("stage0", ALL, "stage1", 1),
                owners(Sharings.hierarchical().tap("a", 1)));
        assertEquals(
                Map.of("stage0", ALL, "stage1", 1, "task:a.branch", ALL, "task:b.fed", 1),
                owners(Sharings.hierarchical().tap("a", 1).feed("a", "b")));
        assertEquals(
                Map.of(
                        "stage0", ALL,
                        "stage1", ALL,
                        "task:a.attention0", 0,
                        "task:a.attention1", 0,
                        "task:b.attention0", 1,
                        "task:b.attention1", 1),
                owners(Sharings.mtan()));
        Map<String, Integer> adapters =
                Map.of("task:a.adapter0", 0, "task:a.adapter1", 0, "task:b.adapter0", 1, "task:b.adapter1", 1);
        assertEquals(adapters, owners(Sharings.adapters(1).frozen()));
        Map<String, Integer> withStages = new TreeMap<>(adapters);
        withStages.putAll(Map.of("stage0", ALL, "stage1", ALL));
        assertEquals(withStages, owners(Sharings.adapters(1)));
    }

    /** The encoder's parameters of which each task has a copy, or all one; without stitches, masks and adapters. */
    private static List<INDArray> encoder(Network network, String task) {
        List<INDArray> values = new ArrayList<>();
        for (Parameter p : network.store().layout().parameters()) {
            boolean own =
                    task.isEmpty() ? !p.name().contains("task:") : p.name().contains("task:" + task);
            if (own && p.name().matches("encoder\\.(?!.*(stitch|skip|adapter)).*")) {
                values.add(network.store().values()[p.index()]);
            }
        }
        return values;
    }

    private static List<INDArray> heads(Network network) {
        return network.store().layout().parameters().stream()
                .filter(p -> p.name().startsWith("head:"))
                .map(p -> network.store().values()[p.index()])
                .toList();
    }

    private static void copy(List<INDArray> from, List<INDArray> to) {
        assertTrue(!from.isEmpty());
        assertEquals(from.size(), to.size());
        for (int i = 0; i < from.size(); i++) {
            to.get(i).assign(from.get(i));
        }
    }

    private static void assertSame(Trial trial, Network expected, Network actual) {
        INDArray[] left = expected.logits(0, examples(trial));
        INDArray[] right = actual.logits(0, examples(trial));
        for (int k = 0; k < left.length; k++) {
            assertTrue(left[k].equalsWithEps(right[k], 1e-12), trial + ", task " + k);
        }
    }

    /** Coefficients that add up to 1, of columns that are all alike. */
    @Test
    void stitchedCopiesAreTheEncoder() {
        for (Trial trial : SharedModels.all()) {
            Network hard = network(trial, Sharings.hard());
            for (Sharing sharing :
                    List.of(Sharings.crossStitch(), Sharings.crossStitch().perChannel())) {
                Network stitched = network(trial, sharing);
                copy(heads(hard), heads(stitched));
                copy(encoder(hard, ""), encoder(stitched, "a"));
                copy(encoder(hard, ""), encoder(stitched, "b"));
                assertSame(trial, hard, stitched);
            }
        }
    }

    /** Where nobody reads anything of others, each task has an encoder of its own. */
    @Test
    void stitchesOfOneAreSoftSharingWithoutATerm() {
        for (Trial trial : SharedModels.all()) {
            Network soft = network(trial, Sharings.soft(0));
            Stream.of(
                            Sharings.crossStitch().own(1),
                            Sharings.crossStitch().own(1).perChannel(),
                            Sharings.sluice(2).own(1))
                    .forEach(sharing -> {
                        Network stitched = network(trial, sharing);
                        copy(heads(soft), heads(stitched));
                        copy(encoder(soft, "a"), encoder(stitched, "a"));
                        copy(encoder(soft, "b"), encoder(stitched, "b"));
                        assertSame(trial, soft, stitched);
                    });
        }
    }

    @Test
    void adaptersStartAsHardSharing() {
        for (Trial trial : SharedModels.all()) {
            Network hard = network(trial, Sharings.hard());
            for (Sharing sharing :
                    List.of(Sharings.adapters(3), Sharings.adapters(3).frozen())) {
                Network adapted = network(trial, sharing);
                copy(heads(hard), heads(adapted));
                copy(encoder(hard, ""), encoder(adapted, ""));
                assertSame(trial, hard, adapted);
            }
        }
    }

    @Test
    void stitchesCanBeRead() {
        Trial trial = SharedModels.mlp();
        List<SharingChoice> choices = network(trial, Sharings.crossStitch()).choices(0, examples(trial));
        assertEquals(
                List.of("a behind stage 1", "b behind stage 1", "a behind stage 2", "b behind stage 2"),
                choices.stream().map(SharingChoice::reader).toList());
        assertEquals(List.of("a", "b"), choices.get(0).sources());
        assertArrayEquals(new double[] {0.1, 0.9}, choices.get(1).weights().toDoubleVector(), 1e-12);
        assertEquals(
                choices.get(3).weights(),
                network(trial, Sharings.crossStitch().perChannel())
                        .choices(0, examples(trial))
                        .get(3)
                        .weights());
        SharingChoice sluice =
                network(trial, Sharings.sluice(2)).choices(0, examples(trial)).get(1);
        assertEquals("a behind stage 1, subspace 1", sluice.reader());
        assertEquals(List.of("a, subspace 0", "a, subspace 1", "b, subspace 0", "b, subspace 1"), sluice.sources());
        assertArrayEquals(
                new double[] {0.1 / 3, 0.9, 0.1 / 3, 0.1 / 3}, sluice.weights().toDoubleVector(), 1e-12);
    }

    @Test
    void masksCanBeRead() {
        for (Trial trial : List.of(
                SharedModels.mlp(), SharedModels.tagger(), SharedModels.all().get(3))) {
            Network network = network(trial, Sharings.mtan());
            List<SharingChoice> choices = network.choices(0, examples(trial));
            assertEquals(
                    List.of("a at stage 1", "b at stage 1", "a at stage 2", "b at stage 2"),
                    choices.stream().map(SharingChoice::reader).toList());
            for (SharingChoice choice : choices) {
                assertEquals(SharedModels.BATCH, choice.weights().size(0));
                assertTrue(choice.weights().minNumber().doubleValue() > 0);
                assertTrue(choice.weights().maxNumber().doubleValue() < 1);
            }
            // Without weights a mask is the sigmoid of 0.
            network.store().layout().parameters().stream()
                    .filter(p -> p.name().contains("attention"))
                    .forEach(p -> network.store().values()[p.index()].assign(0));
            network.choices(0, examples(trial)).forEach(choice -> {
                assertEquals(0.5, choice.weights().minNumber().doubleValue(), 1e-12);
                assertEquals(0.5, choice.weights().maxNumber().doubleValue(), 1e-12);
            });
        }
    }

    @Test
    void subspacesPayForWhatTheyHaveInCommonAndPaddingDoesNot() {
        Trial trial = SharedModels.sequence();
        Network network = network(trial, Sharings.sluice(2).orthogonality(3));
        MultiTaskBatch batch = SharedModels.batch(trial, DataType.DOUBLE, "a", "b");
        double before = network.forward(batch, new Seed(1)).penalty();
        assertTrue(before > 0);
        SharedModels.features(batch).slice(3).slice(3).assign(9);
        assertEquals(before, network.forward(batch, new Seed(1)).penalty(), 1e-12 * before);
        assertEquals(0, network.forward(batch, null).penalty());
        Network none = network(trial, Sharings.sluice(2).orthogonality(0));
        assertEquals(0, none.forward(batch, new Seed(1)).penalty());
    }

    @Test
    void aSingleTaskMayUseAnyOfThem() {
        Stream.of(
                        Sharings.soft(1),
                        Sharings.soft(1).traceNorm(),
                        Sharings.crossStitch(),
                        Sharings.crossStitch().perChannel(),
                        Sharings.sluice(2),
                        Sharings.hierarchical(),
                        Sharings.mtan(),
                        Sharings.adapters(2))
                .forEach(sharing -> {
                    MultiTaskModel model = MultiTaskModel.builder()
                            .input(Shape.vector(4))
                            .encoder(Encoders.mlp().dense(6).dense(4))
                            .sharing(sharing)
                            .task(Tasks.regression("a", 2))
                            .build();
                    SourceBatch source = examples(SharedModels.mlp());
                    double[] losses = model.network()
                            .forward(
                                    new MultiTaskBatch(Map.of(
                                            MultiTaskModel.DEFAULT_INPUT,
                                            new SourceBatch(
                                                    source.features(),
                                                    null,
                                                    Map.of("a", source.labels().get("a")),
                                                    Map.of()))),
                                    new Seed(1))
                            .losses();
                    assertTrue(Double.isFinite(losses[0]), sharing.toString());
                });
    }

    @Test
    void saysWhatDoesNotFit() {
        Trial mlp = SharedModels.mlp();
        assertEquals(
                "sluice: subspaces = 4 for a stage that gives vector(6); choose a number that divides its 6 features",
                refusal(() -> network(mlp, Sharings.sluice(4))));
        assertEquals(
                "hierarchical: no task \"c\"; the model's tasks are [a, b]",
                refusal(() -> network(mlp, Sharings.hierarchical().tap("c", 1))));
        assertEquals(
                "hierarchical: no task \"c\"; the model's tasks are [a, b]",
                refusal(() -> network(mlp, Sharings.hierarchical().feed("a", "c"))));
        assertTrue(refusal(() -> network(mlp, Sharings.hierarchical().tap("a", 3)))
                .startsWith("hierarchical: task \"a\" reads the encoder behind 3 stages, but it has 2; give"));
        assertTrue(refusal(
                        () -> network(mlp, Sharings.hierarchical().tap("a", 1).tap("b", 1)))
                .startsWith("hierarchical: no task reads the encoder's last stage, the 2th"));
        assertTrue(refusal(() ->
                        network(mlp, Sharings.hierarchical().feed("a", "b").feed("b", "a")))
                .contains("go in a circle at task \"a\""));
        Trial mean = new Trial(
                "mean",
                Shape.sequence(3),
                Encoders.transformer().embedding(4).layers(1).heads(2),
                false);
        assertTrue(refusal(
                        () -> network(mean, Sharings.hierarchical().tap("a", 1).feed("b", "a")))
                .contains("features of vector(4) cannot be brought to the places of sequence(4)"));
        assertEquals("adapters: bottleneck = 0; it must be at least 1", refusal(() -> Sharings.adapters(0)));
        assertTrue(refusal(() -> Sharings.soft(-1)).startsWith("soft: strength = -1"));
        assertTrue(refusal(() -> Sharings.crossStitch().own(1.5)).startsWith("crossStitch: own = 1.5"));
        assertTrue(refusal(() -> Sharings.hierarchical().tap("a", 0)).contains("depth of task \"a\" = 0"));
        assertThrows(
                IllegalStateException.class,
                () -> Sharings.hierarchical().tap("a", 1).tap("a", 2));
        assertThrows(
                IllegalStateException.class,
                () -> Sharings.hierarchical().feed("a", "b").feed("a", "b"));
    }

    private static String refusal(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    @Test
    void frozenEncodersStayAsTheyStart() {
        Network network = network(SharedModels.mlp(), Sharings.adapters(2).frozen());
        assertNotEquals(
                network.store().layout().trainedLength(),
                network.store().layout().length());
        assertEquals(0, network.store().layout().sharedLength());
    }
}
