package io.mtl4j.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every golden case of a loss weighting. */
class WeightingGoldenTest {

    @TestFactory
    Stream<DynamicNode> agreesWithTheReference() {
        return GoldenFiles.tests(WeightingSubjects.all());
    }

    @Test
    void thereAreCasesForEverySubject() {
        assertTrue(
                GoldenFiles.keys().containsAll(WeightingSubjects.all().keySet()),
                () -> GoldenFiles.keys() + " lacks some of "
                        + WeightingSubjects.all().keySet());
    }
}
