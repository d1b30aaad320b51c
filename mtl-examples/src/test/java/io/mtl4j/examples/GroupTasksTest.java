package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GroupTasksTest {

    @Test
    void measuresGroupsAndTrainsAModelForEach() {
        Cli run = Cli.run(
                GroupTasks.command(),
                "--embedded",
                "--train-size=100",
                "--tests=50",
                "--epochs=2",
                "--every=2",
                "--seeds=1",
                "--groups=2",
                "--noise=1");
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.out().contains("100 pictures to train on, 50 to validate, 50 to test"), run.out());
        assertTrue(run.out().contains("tasks [digit, odd, high, noise1]"), run.out());
        assertTrue(run.out().contains("random labels apart from the others in "), run.out());
        for (String what : new String[] {"digit, one model", "noise1, a model for each group"}) {
            double accuracy = run.numberAfter(what);
            assertTrue(accuracy >= 0 && accuracy <= 100, what + " " + accuracy);
        }
    }
}
