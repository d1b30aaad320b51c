package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.task.Direction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Delta-m against the values of LibMTL; every case of the file is run. */
class DeltaMGoldenTest {

    @TestFactory
    Stream<DynamicTest> agreesWithLibMtl() throws IOException {
        Path folder = Path.of(System.getProperty("golden.dir", "src/test/resources/golden"));
        JsonNode file = new ObjectMapper()
                .readTree(folder.resolve("libmtl_delta_p.json").toFile());
        double rtol = file.at("/tolerance/rtol").doubleValue();
        double atol = file.at("/tolerance/atol").doubleValue();
        return file.get("cases")
                .valueStream()
                .map(c -> dynamicTest(c.get("id").textValue(), () -> {
                    double expected = c.get("expected").doubleValue();
                    DeltaM delta = DeltaM.between(values(c, "base"), values(c, "new"));
                    assertEquals(expected, delta.value(), atol + rtol * Math.abs(expected));
                }));
    }

    private static Map<String, List<MetricValue>> values(JsonNode golden, String field) {
        Map<String, List<MetricValue>> values = new LinkedHashMap<>();
        golden.get(field).properties().forEach(task -> {
            List<MetricValue> metrics = new ArrayList<>();
            for (int m = 0; m < task.getValue().size(); m++) {
                boolean higher =
                        golden.get("higherIsBetter").get(task.getKey()).get(m).intValue() == 1;
                metrics.add(new MetricValue(
                        "metric " + m,
                        task.getValue().get(m).doubleValue(),
                        higher ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER));
            }
            values.put(task.getKey(), metrics);
        });
        return values;
    }
}
