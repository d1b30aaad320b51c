package shop;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Prediction;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.weighting.Weightings;
import org.nd4j.linalg.learning.config.Adam;

/** Whether a visitor of a shop will buy, and how much he will spend: two answers from the same three numbers. */
public final class VisitModel {

    private VisitModel() {}

    static MultiTaskModel trained(Visits visits) {
        MultiTaskModel model = MultiTaskModel.builder()
                .input(Shape.vector(3))
                .encoder(Encoders.mlp().dense(32).dense(16))
                .task(Tasks.binary("buys").classNames("no", "yes"))
                .task(Tasks.regression("spends", 1))
                .seed(1)
                .build();
        MultiTaskData data = MultiTaskData.of(ArraySource.builder("input")
                .features(visits.features())
                .labels("buys", Labels.classes(visits.bought()))
                .labels("spends", Labels.values(visits.spent()))
                .build());
        Trainer.builder(model)
                .weighting(Weightings.inverseLoss())
                .optimizer(new Adam(3e-3))
                .epochs(20)
                .seed(1)
                .build()
                .fit(data);
        return model;
    }

    /** Trains, and says what it expects of one visit more. */
    public static void main(String[] args) {
        try (MultiTaskModel model = trained(Visits.random(2000, 1))) {
            Prediction answer = model.predict(0.9f, 0.8f, 0.5f);
            System.out.printf(
                    "buys: %s, spends: %.2f%n",
                    answer.task("buys").label(), answer.task("spends").value());
        }
    }
}
