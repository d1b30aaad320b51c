package io.mtl4j.nn.semi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.ensemble.ModelRecipe;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.model.MultiTaskModel;
import org.junit.jupiter.api.Test;

class CoTrainingTest {

    private static final ModelRecipe RECIPE = (train, seed) -> {
        MultiTaskModel model = Moons.model(2, seed);
        Moons.trainer(model).seed(seed).build().fit(train);
        return model;
    };

    private static CoTraining.Result run(long seed) {
        return new CoTraining(RECIPE, RECIPE, PseudoLabels.confident(0.6).perClass(20), 3, seed)
                .run(Moons.view(0, 200, 4, 1), Moons.view(1, 200, 4, 1));
    }

    @Test
    void twoViewsLearnFromEachOther() {
        CoTraining.Result result = run(2);
        assertEquals(4, result.rounds().size());
        for (CoTraining.Round round : result.rounds().subList(0, 3)) {
            assertTrue(round.byFirst() <= 40 && round.bySecond() <= 40, round.toString());
            assertTrue(round.conflicts() <= Math.min(round.byFirst(), round.bySecond()), round.toString());
        }
        assertTrue(result.rounds().get(0).byFirst() + result.rounds().get(0).bySecond() > 0);
        double apart = accuracy(RECIPE.train(LabeledRows.only(MultiTaskData.of(Moons.view(0, 200, 4, 1))), 2));
        double together = accuracy(result.first());
        assertTrue(together > 0.85 && together > apart - 0.02, together + " against " + apart + " alone");
    }

    private static double accuracy(MultiTaskModel model) {
        return Evaluator.evaluate(model, MultiTaskData.of(Moons.view(0, 300, 300, 9)))
                .task(Moons.TASK)
                .metric("accuracy");
    }

    @Test
    void sameSeedSameModels() {
        assertEquals(
                run(7).second().network().store().flat(),
                run(7).second().network().store().flat());
    }

    @Test
    void saysWhatIsWrong() {
        CoTraining training = new CoTraining(RECIPE, RECIPE, PseudoLabels.confident(0.9), 1, 0);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> training.run(Moons.view(0, 20, 4, 1), Moons.view(1, 10, 4, 1)))
                .getMessage();
        assertEquals(
                "co-training: a view of 20 examples and one of 10; give both views of the same examples in the same order",
                message);
        assertThrows(
                IllegalArgumentException.class,
                () -> new CoTraining(RECIPE, RECIPE, PseudoLabels.confident(0.9).softened(), 1, 0));
    }
}
