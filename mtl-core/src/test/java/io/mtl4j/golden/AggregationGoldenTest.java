package io.mtl4j.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every golden case of a gradient aggregation. */
class AggregationGoldenTest {

    @TestFactory
    Stream<DynamicNode> agreesWithTheReference() {
        return GoldenFiles.tests(AggregationSubjects.all());
    }
}
