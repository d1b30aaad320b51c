package io.mtl4j.nn.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.sharing.SharedModels.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** What ways of sharing tell about what they took. */
class ChoicesTest {

    private static List<SharingChoice> choices(Trial trial, Sharing sharing) {
        MultiTaskModel model = SharedModels.model(trial, sharing, DataType.DOUBLE);
        var batch = SharedModels.batch(trial, DataType.DOUBLE);
        return model.network().choices(0, batch.sources().get(MultiTaskModel.DEFAULT_INPUT));
    }

    private static void addUpToOne(List<SharingChoice> choices) {
        for (SharingChoice choice : choices) {
            for (double sum : choice.weights().sum(1).toDoubleVector()) {
                assertEquals(1, sum, 1e-9, choice.toString());
            }
            assertTrue(choice.weights().minNumber().doubleValue() >= 0, choice.toString());
        }
    }

    private static List<String> readers(List<SharingChoice> choices) {
        return choices.stream().map(SharingChoice::reader).toList();
    }

    @Test
    void gatesTellTheirWeightsByExample() {
        for (Trial trial : List.of(SharedModels.mlp(), SharedModels.tagger())) {
            List<SharingChoice> choices = choices(trial, Sharings.mmoe(3));
            assertEquals(List.of("a", "b"), readers(choices));
            assertEquals(
                    List.of("expert 0", "expert 1", "expert 2"), choices.get(0).sources());
            assertArrayEquals(
                    new long[] {SharedModels.BATCH, 3}, choices.get(1).weights().shape());
            addUpToOne(choices);
        }
        assertEquals(List.of(), choices(SharedModels.mlp(), Sharings.mmoe(1)));
        assertEquals(List.of(), choices(SharedModels.mlp(), Sharings.hard()));
        addUpToOne(choices(SharedModels.mlp(), Sharings.dselectK(4, 2).perExample()));
    }

    @Test
    void gatesOfLevelsSayWhoseExpertsTheyTook() {
        List<SharingChoice> choices = choices(SharedModels.mlp(), Sharings.ple(1, 2));
        assertEquals(
                List.of("level 1: a", "level 1: b", "level 1: shared", "level 2: a", "level 2: b"), readers(choices));
        assertEquals(
                List.of("expert 0", "a: expert 0", "a: expert 1"),
                choices.get(0).sources());
        assertEquals(
                List.of("expert 0", "a: expert 0", "a: expert 1", "b: expert 0", "b: expert 1"),
                choices.get(2).sources());
        addUpToOne(choices);
    }

    @Test
    void levelsAreDealtOutAmongTheStages() {
        assertEquals(List.of("a", "b"), readers(choices(SharedModels.mlp(), Sharings.ple(1, 1, 1))));
        String message = assertThrows(
                        IllegalStateException.class, () -> choices(SharedModels.mlp(), Sharings.ple(1, 1, 3)))
                .getMessage();
        assertEquals(
                "ple: 3 levels for the encoder \"mlp\", which has 2 stages; ask for at most as many levels, or give"
                        + " the encoder more layers",
                message);
    }
}
