package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.examples.data.EmbeddedPictures;
import io.mtl4j.examples.fewshot.TurnedDigits;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.layer.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FewShotTest {

    private static final String[] METHODS = {
        "from scratch", "joint pretraining", "reptile", "fomaml", "maml", "maml, heads adapt"
    };

    @ParameterizedTest
    @CsvSource({"sine, -100, 0", "digits, 0, 100"})
    void runsEveryMethod(String problem, double least, double most) {
        Cli run = Cli.run(
                FewShot.command(),
                "--problem=" + problem,
                "--embedded",
                "--shots=2",
                "--queries=3",
                "--pictures=100",
                "--waves=20",
                "--steps=2",
                "--episodes=1",
                "--inner-steps=1",
                "--adaptation-steps=2",
                "--validations=1",
                "--tests=2",
                "--seeds=1");
        assertEquals(0, run.status(), run.errors());
        for (String method : METHODS) {
            double score = run.numberAfter(method + " ");
            assertTrue(score >= least && score <= most, method + " " + score);
        }
    }

    @Test
    void unseenDigitsAreUprightAndOfFiveClasses() {
        TurnedDigits digits = new TurnedDigits(EmbeddedPictures.mnist(), 200, 1, 2, 1);
        SourceBatch seen = batch(digits, true);
        SourceBatch unseen = batch(digits, false);
        assertEquals(10, seen.size());
        assertEquals(10, unseen.size());
        assertEquals(5, unseen.labels().get("way").toDoubleVector()[9] + 1);
        assertTrue(digits.description().contains("learned from 20 classes"), digits.description());
    }

    private static SourceBatch batch(TurnedDigits digits, boolean seen) {
        return (seen ? digits.training() : digits.unseen())
                .draw(new Seed(1).generator())
                .query()
                .sources()
                .get("picture");
    }
}
