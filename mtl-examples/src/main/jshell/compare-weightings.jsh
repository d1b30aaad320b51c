// The same model and data under several weightings. The two losses differ a thousandfold, so that it matters who is heard.

import io.mtl4j.nn.data.*;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.*;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.weighting.*;

/** Points in the plane: whether they lie within a circle, and a height of up to some hundred. */
MultiTaskData points(int count, long seed) {
    Random random = new Random(seed);
    float[][] features = new float[count][2];
    int[] inside = new int[count];
    float[] heights = new float[count];
    for (int i = 0; i < count; i++) {
        float x = 2 * random.nextFloat() - 1;
        float y = 2 * random.nextFloat() - 1;
        features[i] = new float[] {x, y};
        inside[i] = x * x + y * y < 0.5 ? 1 : 0;
        heights[i] = (float) (100 * Math.sin(3 * x) * y);
    }
    return MultiTaskData.of(ArraySource.builder("input").
        features(features).
        labels("inside", Labels.classes(inside)).
        labels("height", Labels.values(heights)).
        build());
}

Evaluation train(LossWeighting weighting) {
    MultiTaskModel model = MultiTaskModel.builder().
        input(Shape.vector(2)).
        encoder(Encoders.mlp().dense(32).dense(32)).
        task(Tasks.binary("inside")).
        task(Tasks.regression("height", 1)).
        seed(1).
        build();
    Trainer.builder(model).weighting(weighting).epochs(25).seed(1).build().fit(points(800, 1));
    return Evaluator.evaluate(model, points(500, 2));
}

Map<String, LossWeighting> weightings = new LinkedHashMap<>();
weightings.put("equal", Weightings.equal());
weightings.put("inverse loss", Weightings.inverseLoss());
weightings.put("uncertainty", Weightings.uncertainty());
weightings.put("DWA", Weightings.dwa());
weightings.put("GLS", Weightings.gls());

System.out.printf("%-14s %8s %8s%n", "weighting", "inside", "height");
weightings.forEach((name, weighting) -> {
    Evaluation found = train(weighting);
    System.out.printf("%-14s %7.1f%% %8.2f%n", name,
        100 * found.task("inside").metric("accuracy"), found.task("height").metric("rmse"));
});
System.out.println("inside: accuracy; height: root of the mean squared error; on points that training never saw");
