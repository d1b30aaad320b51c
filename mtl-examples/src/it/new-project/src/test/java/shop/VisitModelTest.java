package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Prediction;
import org.junit.jupiter.api.Test;

class VisitModelTest {

    @Test
    void itLearnsWhoBuysAndForHowMuch() {
        try (MultiTaskModel model = VisitModel.trained(Visits.random(2000, 2))) {
            Prediction keen = model.predict(0.9f, 0.8f, 0.5f);
            assertEquals("yes", keen.task("buys").label());
            assertEquals(0.5, keen.task("spends").value(), 0.15);
            assertEquals("no", model.predict(0.1f, 0.2f, 0.5f).task("buys").label());
        }
    }
}
