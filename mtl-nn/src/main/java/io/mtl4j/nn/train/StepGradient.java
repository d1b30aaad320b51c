package io.mtl4j.nn.train;

import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.aggregation.UpdateDirection;
import io.mtl4j.nn.layer.MatMul;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The gradient of a step that an aggregator makes of the tasks' gradients. */
final class StepGradient {

    private StepGradient() {}

    /**
     * The shared parameters follow the aggregator's direction, each task's own parameters their weighted loss.
     *
     * @param weights what multiplies the tasks' gradients before the aggregator sees them, {@code [K]}
     * @return the weights with which the tasks' gradients entered, {@code [K]}; NaN where there are none
     */
    static double[] aggregate(Aggregator aggregator, TrainingStep step, double[] weights, GradientSpace space) {
        INDArray rows = space.rows();
        if (IntStream.range(0, weights.length).anyMatch(k -> step.present(k) && weights[k] != 1)) {
            space.scale(weights);
        }
        UpdateDirection found = aggregator.aggregate(step);
        INDArray direction = space.direction();
        double[] used;
        if (found instanceof UpdateDirection.Weights combined) {
            double[] chosen = combined.weights();
            INDArray row = Nd4j.createFromArray(new double[][] {chosen}).castTo(rows.dataType());
            MatMul.into(row, false, rows, false, direction.reshape('c', 1, direction.length()));
            used = IntStream.range(0, weights.length)
                    .mapToDouble(k -> chosen[k] * weights[k])
                    .toArray();
        } else {
            double[] vector = ((UpdateDirection.Vector) found).direction();
            direction.assign(Nd4j.createFromArray(vector).castTo(rows.dataType()));
            used = new double[weights.length];
            Arrays.fill(used, Double.NaN);
        }
        space.follow();
        return used;
    }
}
