package io.mtl4j.nn.semi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.ensemble.ModelRecipe;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.schedule.EarlyStopping;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfTrainingTest {

    private static final MultiTaskData DATA = MultiTaskData.of(Moons.both(200, 6, 1));
    private static final MultiTaskData VALIDATION = MultiTaskData.of(Moons.both(100, 100, 2));

    private static final ModelRecipe RECIPE = (train, seed) -> {
        MultiTaskModel model = Moons.model(4, seed);
        Moons.trainer(model).seed(seed).build().fit(train);
        return model;
    };

    @Test
    void tellsWhatWasAddedInEachRound() {
        SelfTraining.Result result = SelfTraining.of(
                        RECIPE, PseudoLabels.confident(0.6).perClass(20))
                .rounds(3)
                .stopping(EarlyStopping.patience(9))
                .seed(3)
                .run(DATA, VALIDATION);
        assertEquals(4, result.rounds().size());
        assertEquals(6, result.rounds().get(0).examples());
        assertTrue(result.rounds().get(0).added().isEmpty());
        for (SelfTraining.Round round : result.rounds().subList(1, 4)) {
            int added = 0;
            for (int count : round.added().get(Moons.TASK).values()) {
                assertTrue(count <= 20 * round.round(), round.toString());
                added += count;
            }
            assertTrue(added > 0);
            // true labels are at least a quarter
            int repeats = (round.examples() - added) / 6;
            assertEquals(0, (round.examples() - added) % 6);
            assertTrue(6.0 * repeats / round.examples() >= 0.25, round.toString());
        }
        double best = result.best().validation().task(Moons.TASK).metric("accuracy");
        assertTrue(result.rounds().stream()
                .allMatch(r -> r.validation().task(Moons.TASK).metric("accuracy") <= best));
        assertEquals(
                best,
                Evaluator.evaluate(result.model(), VALIDATION).task(Moons.TASK).metric("accuracy"));
        assertTrue(result.rounds().get(0).best());
    }

    @Test
    void stopsAtTheFirstRoundWithoutGainAndKeepsTheBest() {
        List<MultiTaskModel> trained = new ArrayList<>();
        ModelRecipe worse = (train, seed) -> {
            MultiTaskModel model = trained.isEmpty() ? RECIPE.train(train, seed) : Moons.model(4, seed);
            trained.add(model);
            return model;
        };
        SelfTraining.Result result =
                SelfTraining.of(worse, PseudoLabels.confident(0.5)).run(DATA, VALIDATION);
        assertEquals(2, result.rounds().size());
        assertEquals(trained.get(0), result.model());
        assertFalse(result.rounds().get(1).best());
        assertEquals(0, result.best().round());
    }

    @Test
    void sameSeedSameModel() {
        SelfTraining training =
                SelfTraining.of(RECIPE, PseudoLabels.confident(0.7)).rounds(1).seed(5);
        assertEquals(
                training.run(DATA, VALIDATION).model().network().store().flat(),
                training.run(DATA, VALIDATION).model().network().store().flat());
    }

    @Test
    void labelledExamplesKeepTheirShare() {
        DataSource source = Moons.both(100, 10, 1);
        assertEquals(10, LabeledRows.only(source).size());
        assertEquals(100, LabeledRows.share(source, 0).size());
        assertEquals(90 + 90, LabeledRows.share(source, 0.5).size());
        assertEquals(90 + 30, LabeledRows.share(source, 0.25).size());
        String message = assertThrows(IllegalArgumentException.class, () -> LabeledRows.only(Moons.both(100, 0, 1)))
                .getMessage();
        assertEquals("no example of input \"input\" has a label; give some labels to start from", message);
        assertThrows(IllegalArgumentException.class, () -> LabeledRows.share(source, 1));
    }
}
