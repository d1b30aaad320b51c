package shop.modular;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.weighting.Weightings;
import java.util.List;
import java.util.Random;

/** Trains a model from within a module, and fails if one of the library's modules has another name than it should. */
public final class Visits {

    private static final int COUNT = 500;

    private Visits() {}

    public static void main(String[] args) {
        List<String> names = List.of(
                MultiTaskModel.class.getModule().getName(), Weightings.class.getModule().getName(),
                Visits.class.getModule().getName());
        require(names.equals(List.of("io.mtl4j.nn", "io.mtl4j.core", "shop.modular")), "modules are named " + names);
        try (MultiTaskModel model = trained()) {
            String answer = model.predict(0.9f, 0.8f).task("buys").label();
            require(answer.equals("yes"), "a keen visitor buys: " + answer);
            System.out.println(names + ": a keen visitor buys: " + answer);
        }
    }

    private static MultiTaskModel trained() {
        MultiTaskModel model = MultiTaskModel.builder()
                .input(Shape.vector(2))
                .encoder(Encoders.mlp().dense(16))
                .task(Tasks.binary("buys").classNames("no", "yes"))
                .task(Tasks.regression("spends", 1))
                .build();
        Random random = new Random(1);
        float[][] features = new float[COUNT][2];
        int[] bought = new int[COUNT];
        float[] spent = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            features[i] = new float[] {random.nextFloat(), random.nextFloat()};
            bought[i] = features[i][0] + features[i][1] > 1 ? 1 : 0;
            spent[i] = features[i][0];
        }
        Trainer.builder(model).weighting(Weightings.inverseLoss()).epochs(30).build()
                .fit(MultiTaskData.of(ArraySource.builder("input")
                        .features(features)
                        .labels("buys", Labels.classes(bought))
                        .labels("spends", Labels.values(spent))
                        .build()));
        return model;
    }

    private static void require(boolean condition, String found) {
        if (!condition) {
            throw new IllegalStateException(found);
        }
    }
}
