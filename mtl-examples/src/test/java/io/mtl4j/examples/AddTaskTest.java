package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AddTaskTest {

    @Test
    void runsEveryMethod() {
        Cli run = Cli.run(
                AddTask.command(),
                "--embedded",
                "--known=120",
                "--labels=20",
                "--tests=60",
                "--old-steps=8",
                "--few-steps=4",
                "--new-steps=25",
                "--memory=20",
                "--fisher=20",
                "--seeds=2");
        assertEquals(0, run.status(), run.errors());
        for (String method : new String[] {"from scratch", "frozen encoder", "fine-tuning", "L2-SP"}) {
            within("seed 1, loop, " + method + ":", run);
        }
        for (String method :
                new String[] {"fine-tuning", "frozen encoder", "L2-SP", "EWC", "rehearsal", "distillation"}) {
            within("seed 2, clothes, " + method + ": digits", run);
        }
        assertTrue(run.out().contains("loop, from 20 labels"), run.out());
        assertTrue(
                run.out().lines().anyMatch(line -> line.startsWith("frozen encoder") && line.contains(" 0.00 ± 0.00 ")),
                run.out());
    }

    private static void within(String what, Cli run) {
        double accuracy = run.numberAfter(what);
        assertTrue(accuracy >= 0 && accuracy <= 100, what + ' ' + accuracy);
    }

    @Test
    void oneMethodOfOnePart() {
        Cli run = Cli.run(
                AddTask.command(),
                "--embedded",
                "--known=120",
                "--tests=60",
                "--old-steps=2",
                "--new-steps=25",
                "--seeds=1",
                "--parts=beside",
                "--methods=fine",
                "--validate");
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.out().contains("held-out accuracy in %"), run.out());
        assertTrue(!run.out().contains("loop") && !run.out().contains("distillation"), run.out());
    }
}
