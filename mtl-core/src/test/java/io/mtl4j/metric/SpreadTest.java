package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void isMeanAndSampleDeviationOfFiniteNumbers() {
        Spread spread = Spread.of(List.of(1.0, Double.NaN, 2.0, 3.0));
        assertEquals(2, spread.mean(), 1e-12);
        assertEquals(1, spread.deviation(), 1e-12);
        assertEquals("200.0 ± 100.0", spread.text(100, 1));
        assertEquals("2.00", Spread.of(List.of(2.0)).text(1, 2));
        assertEquals("-", Spread.of(List.of()).text(1, 2));
    }
}
