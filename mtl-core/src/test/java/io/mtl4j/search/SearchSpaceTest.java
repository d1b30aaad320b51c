package io.mtl4j.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SearchSpaceTest {

    private static final SearchSpace SPACE = SearchSpace.builder()
            .logUniform("lr", 1e-4, 1e-1)
            .integer("units", 3, 7)
            .logInteger("batch", 8, 512)
            .choice("weighting", "equal", "gradnorm")
            .when("weighting", "gradnorm")
            .uniform("alpha", 0, 3)
            .build();

    @Property(tries = 300)
    void drawsWithinBoundsAndObeysConditions(@ForAll long seed) {
        Configuration c = SPACE.draw(new SplittableRandom(seed));
        assertTrue(c.real("lr") >= 1e-4 && c.real("lr") <= 1e-1);
        assertTrue(c.integer("units") >= 3 && c.integer("units") <= 7);
        assertTrue(c.integer("batch") >= 8 && c.integer("batch") <= 512);
        assertEquals(c.choice("weighting").equals("gradnorm"), c.has("alpha"));
        assertEquals(
                List.of("lr", "units", "batch", "weighting"),
                List.copyOf(c.values().keySet()).subList(0, 4));
    }

    @Example
    void everyWholeNumberIsAsLikelyAsAnother() {
        int[] counts = new int[8];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            counts[SPACE.draw(random).integer("units")]++;
        }
        for (int n = 3; n <= 7; n++) {
            assertEquals(2000, counts[n], 200);
        }
    }

    @Example
    void aLogarithmicScaleHasAsManyInEachDecade() {
        SplittableRandom random = new SplittableRandom(1);
        int low = 0;
        for (int i = 0; i < 9_000; i++) {
            low += SPACE.draw(random).real("lr") < 1e-3 ? 1 : 0;
        }
        assertEquals(3000, low, 200);
    }

    @Example
    void saysWhatIsWrong() {
        message(
                "is declared twice",
                () -> SearchSpace.builder()
                        .uniform("a", 0, 1)
                        .uniform("a", 0, 1)
                        .build());
        message(
                "no choice before it",
                () -> SearchSpace.builder().when("b", "x").uniform("a", 0, 1).build());
        message(
                "depends on options [z]",
                () -> SearchSpace.builder()
                        .choice("b", "x", "y")
                        .when("b", "z")
                        .uniform("a", 0, 1)
                        .build());
        message("without parameters", () -> SearchSpace.builder().build());
        message("first must be below", () -> SearchSpace.builder().integer("a", 3, 3));
        message("must begin above 0", () -> SearchSpace.builder().logUniform("a", 0, 1));
        message("at least two, all different", () -> SearchSpace.builder().choice("a", "x", "x"));
        message("must be a finite number", () -> SearchSpace.builder().uniform("a", 0, Double.POSITIVE_INFINITY));
        message(
                "asked for as Integer",
                () -> SPACE.draw(new SplittableRandom(1)).integer("lr"));
        message("no value", () -> SPACE.draw(new SplittableRandom(1)).real("x"));
        message("must be a Double", () -> new Configuration(Map.of("a", 1L)));
        assertThrows(
                IllegalStateException.class,
                () -> SearchSpace.builder().when("b", "x").build());
        assertThrows(
                IllegalStateException.class,
                () -> SearchSpace.builder().when("b", "x").when("b", "x"));
    }

    private static void message(String part, Runnable wrong) {
        String message =
                assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
