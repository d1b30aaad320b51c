package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SparkDigitsTest {

    @Test
    void trainsAndAnswersOnSpark() {
        Cli run = Cli.run(
                SparkDigits.command(),
                "--embedded",
                "--net=mlp",
                "--train-size=128",
                "--tests=50",
                "--epochs=1",
                "--batch=32",
                "--averaging=2");
        assertEquals(0, run.status(), run.errors());
        for (String how : new String[] {"one process", "2, joined gradients", "2, averaged"}) {
            assertTrue(run.out().contains(how), run.out());
        }
        String joined = run.out()
                .lines()
                .filter(line -> line.startsWith("2, joined"))
                .findFirst()
                .orElseThrow();
        assertTrue(Double.parseDouble(joined.substring(joined.lastIndexOf(' '))) < 1e-4, joined);
        assertTrue(run.out().contains("of 50 digits read right by the cluster"), run.out());
    }
}
