// Saves a model, loads it as another program would, and lets it answer the rows of a CSV file.

import io.mtl4j.nn.data.*;
import io.mtl4j.nn.data.table.*;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.*;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.train.Trainer;

// What you would have: a trained model in a file, and a table.
Path folder = Files.createTempDirectory("mtl4j");
Path saved = folder.resolve("leaves.mtl");
Path csv = folder.resolve("leaves.csv");

Random random = new Random(1);
float[][] sizes = new float[1000][2];
int[] kinds = new int[sizes.length];
float[] areas = new float[sizes.length];
for (int i = 0; i < sizes.length; i++) {
    sizes[i] = new float[] {random.nextFloat(), random.nextFloat()};
    kinds[i] = sizes[i][0] > 2 * sizes[i][1] ? 1 : 0;
    areas[i] = sizes[i][0] * sizes[i][1] * (float) Math.PI / 4;
}
try (MultiTaskModel trained = MultiTaskModel.builder().
        input(Shape.vector(2)).
        encoder(Encoders.mlp().dense(32)).
        task(Tasks.binary("kind").classNames("beech", "willow")).
        task(Tasks.regression("area", 1)).
        build()) {
    Trainer.builder(trained).epochs(30).build().fit(MultiTaskData.of(ArraySource.builder("input").
        features(sizes).
        labels("kind", Labels.classes(kinds)).
        labels("area", Labels.values(areas)).
        build()));
    ModelFiles.save(trained, saved);
}
Files.writeString(csv, "length,width\n0.9,0.2\n0.5,0.5\n0.8,0.3\n0.3,0.4\n");

// What you would do.
MultiTaskModel model = ModelFiles.load(saved);
Table leaves = TableReader.csv(csv);
for (int row = 0; row < leaves.size(); row++) {
    float length = (float) leaves.number(row, "length");
    float width = (float) leaves.number(row, "width");
    Prediction answer = model.predict(length, width);
    System.out.printf("%.1f x %.1f: %s, area %.2f%n",
        length, width, answer.task("kind").label(), answer.task("area").value());
}
