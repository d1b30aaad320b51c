// Builds a model of two tasks, trains it and asks it: in which quadrant a point lies, and how far from the middle.
// Lines end with their dots because JShell reads line by line.

import io.mtl4j.nn.data.*;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.*;
import io.mtl4j.nn.train.*;
import io.mtl4j.weighting.Weightings;

Random random = new Random(1);
float[][] points = new float[2000][2];
int[] quadrants = new int[points.length];
float[] distances = new float[points.length];
for (int i = 0; i < points.length; i++) {
    points[i] = new float[] {2 * random.nextFloat() - 1, 2 * random.nextFloat() - 1};
    quadrants[i] = (points[i][0] > 0 ? 1 : 0) + (points[i][1] > 0 ? 2 : 0);
    distances[i] = (float) Math.hypot(points[i][0], points[i][1]);
}

MultiTaskModel model = MultiTaskModel.builder().
    input(Shape.vector(2)).
    encoder(Encoders.mlp().dense(64).dense(32)).
    task(Tasks.classification("quadrant", 4)).
    task(Tasks.regression("distance", 1)).
    seed(7).
    build();
System.out.println(model.summary());

MultiTaskData data = MultiTaskData.of(ArraySource.builder("input").
    features(points).
    labels("quadrant", Labels.classes(quadrants)).
    labels("distance", Labels.values(distances)).
    build());
TrainingResult result = Trainer.builder(model).
    weighting(Weightings.inverseLoss()).
    epochs(20).
    build().
    fit(data);

Prediction answer = model.predict(0.3f, -0.4f);
System.out.printf("(0.3, -0.4) lies in quadrant %s, %.2f from the middle%n",
    answer.task("quadrant").label(), answer.task("distance").value());
System.out.println("Go on: model.predict(-0.5f, 0.5f).task(\"distance\").value()");
