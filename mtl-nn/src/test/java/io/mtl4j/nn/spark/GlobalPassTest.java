package io.mtl4j.nn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.StepPass;
import io.mtl4j.nn.sharing.AllSharings;
import io.mtl4j.nn.sharing.SharedModels;
import io.mtl4j.nn.sharing.SharedModels.Trial;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.Sharings;
import io.mtl4j.nn.sharing.Sluice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;

/** The gradients of a batch's parts, sent as Spark sends them and put together, are those of the batch. */
class GlobalPassTest {

    private static final Seed SEED = new Seed(4);
    private static final double[] WEIGHTS = {0.7, 1.9};

    /** All but one, which penalises the square of a sum over examples. */
    static Stream<Arguments> sharings() {
        return AllSharings.with(List.of(SharedModels.tagger(), SharedModels.sequence()))
                .filter(pair -> !(pair.get()[1] instanceof Sluice sluice && sluice.orthogonality() > 0));
    }

    @ParameterizedTest
    @MethodSource("sharings")
    void partsMakeTheWhole(Trial trial, Sharing sharing) {
        MultiTaskModel model = SharedModels.model(trial, sharing, DataType.DOUBLE);
        check(model, SharedModels.batch(trial, DataType.DOUBLE, "a", "b"), List.of(new int[] {0, 3}, new int[] {1, 2, 4
        }));
    }

    @Test
    void aTaskWithoutLabelsInAPartCountsNothingThere() {
        Trial trial = SharedModels.sequence();
        MultiTaskModel model = SharedModels.model(trial, Sharings.hard(), DataType.DOUBLE);
        MultiTaskBatch batch = SharedModels.batch(trial, DataType.DOUBLE, "a", "b");
        var labels = batch.sources().get(MultiTaskModel.DEFAULT_INPUT).labels().get("a");
        for (int i : new int[] {1, 2}) {
            labels.getRow(i).assign(Double.NaN);
        }
        check(model, batch, List.of(new int[] {1, 2}, new int[] {0, 3, 4}));
    }

    private static void check(MultiTaskModel model, MultiTaskBatch batch, List<int[]> parts) {
        SourceBatch source = batch.sources().get(MultiTaskModel.DEFAULT_INPUT);
        List<PartialGradients> answers = new ArrayList<>();
        answers.add(PartialGradients.none(model));
        for (int[] part : parts) {
            answers.add(onPart(
                    model,
                    source.select(part),
                    (pass, examples) -> sent(PartialGradients.of(
                            model, pass, examples, model.network().newGradients()))));
        }
        GlobalLosses losses =
                new GlobalLosses(answers.stream().map(PartialGradients::losses).toList());
        StepPass joined = new GlobalPass(losses, () -> answers, (perLabel, perExample) -> {
            List<Numbers> gradients = new ArrayList<>();
            gradients.add(null);
            for (int[] part : parts) {
                gradients.add(onPart(
                        model,
                        source.select(part),
                        (pass, examples) -> PartialGradients.weighted(
                                model,
                                pass,
                                examples,
                                perLabel,
                                perExample,
                                model.network().newGradients())));
            }
            return gradients;
        });
        try (MemoryWorkspace arena = Arena.open("TRAIN")) {
            compare(model, model.network().forward(batch, SEED), joined);
        }
    }

    private static <A> A onPart(MultiTaskModel model, SourceBatch part, BiFunction<BatchPass, int[], A> answer) {
        try (MemoryWorkspace arena = Arena.open("TRAIN")) {
            MultiTaskBatch batch = new MultiTaskBatch(Map.of(MultiTaskModel.DEFAULT_INPUT, part));
            return answer.apply(model.network().forward(batch, SEED), new int[] {part.size()});
        }
    }

    private static void compare(MultiTaskModel model, StepPass whole, StepPass joined) {
        assertArrayEquals(whole.losses(), joined.losses(), 1e-12);
        Gradients expected = model.network().newGradients();
        Gradients found = model.network().newGradients();
        whole.weightedGradient(WEIGHTS, expected);
        joined.weightedGradient(WEIGHTS, found);
        assertEqual(expected, found);
        if (!expected.shared().isEmpty()) {
            whole.jacobian(expected);
            joined.jacobian(found);
            assertArrayEquals(
                    expected.jacobian().reshape(expected.jacobian().length()).toDoubleVector(),
                    found.jacobian().reshape(found.jacobian().length()).toDoubleVector(),
                    1e-12);
            expected.shared().assign(1);
            found.shared().assign(1);
            whole.addPenaltyGradient(expected);
            joined.addPenaltyGradient(found);
            assertEqual(expected, found);
        }
        for (int k = 0; k < 2; k++) {
            assertEquals(whole.present(k), joined.present(k));
        }
    }

    private static void assertEqual(Gradients expected, Gradients found) {
        assertArrayEquals(expected.flat().toDoubleVector(), found.flat().toDoubleVector(), 1e-12);
    }

    private static PartialGradients sent(PartialGradients answer) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(answer);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (PartialGradients) in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
