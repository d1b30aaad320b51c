package io.mtl4j.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No golden file is left out. */
class GoldenCoverageTest {

    @Test
    void everyFileHasASubject() {
        Set<String> left = new TreeSet<>(GoldenFiles.keys());
        left.removeAll(AggregationSubjects.all().keySet());
        left.removeAll(WeightingSubjects.all().keySet());
        // The metrics have a test of their own for this one.
        left.remove("libmtl delta_p (improvement)");
        assertEquals(Set.of(), left, "methods of golden files that nothing is compared with");
    }
}
