package io.mtl4j.nn.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.sharing.SharedModels.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Learning to branch, and the trees that come of it. */
class BranchingTest {

    /** Three stages, of which two give pictures. */
    private static final Trial PICTURES = new Trial(
            "two convolutions",
            Shape.image(2, 6, 6),
            Encoders.cnn()
                    .activation(Activation.TANH)
                    .conv(16, 3)
                    .conv(16, 3)
                    .maxPool(2)
                    .dense(4),
            false);

    @TempDir
    private Path folder;

    private static INDArray value(MultiTaskModel model, String name) {
        Network network = model.network();
        Parameter found = network.store().layout().parameters().stream()
                .filter(p -> p.name().equals("encoder." + name))
                .findFirst()
                .orElseThrow();
        return network.store().values()[found.index()];
    }

    private static List<SharingChoice> choices(MultiTaskModel model, Trial trial) {
        MultiTaskBatch batch = SharedModels.batch(trial, model.network().type());
        return model.network().choices(0, batch.sources().get(MultiTaskModel.DEFAULT_INPUT));
    }

    private static Map<String, INDArray> outputs(MultiTaskModel model, Trial trial) {
        INDArray features =
                SharedModels.features(SharedModels.batch(trial, model.network().type()));
        return new TreeMap<>(model.outputs(MultiTaskModel.DEFAULT_INPUT, features, null));
    }

    /** Tasks that share the first branch of stages 1 and 2, and part at stage 3. */
    private static MultiTaskModel decided(DataType type) {
        MultiTaskModel model = SharedModels.model(PICTURES, Sharings.branching(2), type);
        value(model, "stage2.branch0.parent").assign(Nd4j.createFromArray(0.0, 3));
        value(model, "stage3.branch0.parent").assign(Nd4j.createFromArray(2.0, -1));
        value(model, "stage3.branch1.parent").assign(Nd4j.createFromArray(1.0, 0));
        value(model, "task:a.parent").assign(Nd4j.createFromArray(0.0, 0.1));
        value(model, "task:b.parent").assign(Nd4j.createFromArray(0.3, 0.1));
        return model;
    }

    @Test
    void theTreeThatWasFoundPredictsWhatTheBranchesDo() {
        MultiTaskModel model = decided(DataType.DOUBLE);
        Tree tree = Tree.of(choices(model, PICTURES), List.of("a", "b"));
        assertEquals(Sharings.tree(List.of(List.of(1, 1), List.of(0, 0), List.of(1, 0))), tree);
        MultiTaskModel fixed = SharedModels.model(PICTURES, tree, DataType.DOUBLE);
        assertNotEquals(outputs(model, PICTURES), outputs(fixed, PICTURES));
        for (Parameter p : fixed.network().store().layout().parameters()) {
            INDArray same =
                    p.name().startsWith("encoder.") ? value(model, p.name().substring(8)) : head(model, p);
            fixed.network().store().values()[p.index()].assign(same);
        }
        assertEquals(outputs(model, PICTURES), outputs(fixed, PICTURES));
    }

    private static INDArray head(MultiTaskModel model, Parameter like) {
        Network network = model.network();
        Parameter found = network.store().layout().parameters().stream()
                .filter(p -> p.name().equals(like.name()))
                .findFirst()
                .orElseThrow();
        return network.store().values()[found.index()];
    }

    @Test
    void branchesOfATreeBelongToTheirOnlyTask() {
        Tree tree = Sharings.tree(List.of(List.of(3, 3), List.of(0, 1), List.of(1, 0)));
        Map<String, Integer> owners = new TreeMap<>();
        for (Parameter p : SharedModels.model(PICTURES, tree, DataType.FLOAT)
                .network()
                .store()
                .layout()
                .parameters()) {
            if (p.name().startsWith("encoder.")) {
                owners.put(p.name().substring(8, 22), p.owner());
            }
        }
        assertEquals(
                Map.of(
                        "stage1.branch3", Parameter.SHARED,
                        "stage2.branch0", 0,
                        "stage2.branch1", 1,
                        "stage3.branch0", 1,
                        "stage3.branch1", 0),
                owners);
    }

    /** Pictures travel in blocks between convolutions in single precision only. */
    @Test
    void pictures() {
        Tree tree = Sharings.tree(List.of(List.of(0, 0), List.of(0, 1), List.of(0, 1)));
        for (Sharing sharing : List.of(Sharings.branching(2), tree, Sharings.ple(1, 1))) {
            MultiTaskModel fast = SharedModels.model(PICTURES, sharing, DataType.FLOAT);
            MultiTaskModel exact = SharedModels.model(PICTURES, sharing, DataType.DOUBLE);
            exact.network().store().flat().assign(fast.network().store().flat().castTo(DataType.DOUBLE));
            INDArray[] found = new INDArray[2];
            for (MultiTaskModel model : List.of(fast, exact)) {
                Gradients gradients = model.network().newGradients();
                MultiTaskBatch batch =
                        SharedModels.batch(PICTURES, model.network().type(), "a", "b");
                model.network().forward(batch, new Seed(4)).weightedGradient(new double[] {1, 2}, gradients);
                found[model == fast ? 0 : 1] = gradients.flat().castTo(DataType.DOUBLE);
            }
            double largest = found[1].amaxNumber().doubleValue();
            assertEquals(0, found[0].sub(found[1]).amaxNumber().doubleValue(), 1e-4 * largest, sharing.toString());
        }
    }

    @Test
    void aSeedFixesTheSamples() {
        MultiTaskModel model = SharedModels.model(PICTURES, Sharings.branching(3), DataType.DOUBLE);
        MultiTaskBatch batch = SharedModels.batch(PICTURES, DataType.DOUBLE, "a", "b");
        INDArray temperature = model.network().store().buffers(0)[0];
        double[] first = model.network().forward(batch, new Seed(4)).losses();
        temperature.assign(5);
        assertEquals(first[0], model.network().forward(batch, new Seed(4)).losses()[0]);
        temperature.assign(5);
        assertNotEquals(first[0], model.network().forward(batch, new Seed(5)).losses()[0]);
    }

    @Test
    void theTemperatureFallsInTrainingAndIsKeptInFiles() {
        MultiTaskModel model =
                SharedModels.model(PICTURES, Sharings.branching(2).annealed(4, 0.9, 2), DataType.FLOAT);
        MultiTaskBatch batch = SharedModels.batch(PICTURES, DataType.FLOAT, "a", "b");
        INDArray temperature = model.network().store().buffers(0)[0];
        outputs(model, PICTURES);
        assertEquals(4, temperature.getDouble(0));
        model.network().forward(batch, new Seed(1));
        model.network().forward(batch, new Seed(2));
        assertEquals(2, temperature.getDouble(0), 1e-6);
        Path file = folder.resolve("model.mtl");
        ModelFiles.save(model, file);
        assertEquals(2, ModelFiles.load(file).network().store().buffers(0)[0].getDouble(0), 1e-6);
        for (int i = 0; i < 4; i++) {
            model.network().forward(batch, new Seed(i));
        }
        assertEquals(0.9, temperature.getDouble(0), 1e-6);
    }

    @Test
    void choicesAreTheProbabilitiesOfParents() {
        List<SharingChoice> choices = choices(decided(DataType.DOUBLE), PICTURES);
        assertEquals(6, choices.size());
        SharingChoice ofA = choices.get(4);
        assertEquals("a", ofA.reader());
        assertEquals(List.of("stage 3, branch 0", "stage 3, branch 1"), ofA.sources());
        assertEquals(1 / (1 + Math.exp(-0.1)), ofA.weights().getDouble(0, 1), 1e-9);
    }

    @Test
    void aTreeLoadsAsItWasSaved() {
        Tree tree = Sharings.tree(List.of(List.of(0, 0), List.of(0, 1), List.of(0, 1)));
        MultiTaskModel model = SharedModels.model(PICTURES, tree, DataType.FLOAT);
        Path file = folder.resolve("tree.mtl");
        ModelFiles.save(model, file);
        assertEquals(outputs(model, PICTURES), outputs(ModelFiles.load(file), PICTURES));
    }

    @Test
    void valuesAreChecked() {
        assertEquals("branching: branches = 1; it must be at least 2", refusal(() -> Sharings.branching(1)));
        assertEquals(
                "branching: lowest = 2.0 where the temperature starts at 1.0; it must be at most that",
                refusal(() -> Sharings.branching(2).annealed(1, 2, 1)));
        assertEquals(
                "tree: no stages; give the tasks' branches at each stage of the encoder",
                refusal(() -> Sharings.tree(List.of())));
        assertEquals(
                "tree: 2 tasks at stage 2 after 3; give a branch for each task at every stage",
                refusal(() -> Sharings.tree(List.of(List.of(0, 0, 0), List.of(0, 0)))));
        assertEquals(
                "tree: tasks 0 and 2 share branch 1 of stage 2, but not the stage before it; once parted, give them"
                        + " different branches",
                refusal(() -> Sharings.tree(List.of(List.of(0, 0, 1), List.of(1, 0, 1)))));
        assertTrue(refusal(() -> Tree.of(List.of(), List.of("a"))).startsWith("tree: no choice of [a]"));
        MultiTaskModel gated = SharedModels.model(PICTURES, Sharings.mmoe(2), DataType.DOUBLE);
        assertTrue(refusal(() -> Tree.of(choices(gated, PICTURES), List.of("a", "b")))
                .contains("is no branch"));
        Tree flat = Sharings.tree(List.of(List.of(0, 1)));
        assertEquals(
                "tree: 1 stages of 2 tasks for the encoder \"cnn\", which has 3, and 2 tasks; give the branches of the"
                        + " model's tasks at each of its stages",
                assertThrows(IllegalStateException.class, () -> SharedModels.model(PICTURES, flat, DataType.FLOAT))
                        .getMessage());
    }

    private static String refusal(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
