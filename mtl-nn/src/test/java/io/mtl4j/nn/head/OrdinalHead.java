package io.mtl4j.nn.head;

import io.mtl4j.metric.MetricValue;
import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.Direction;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A head as a user would write it, with nothing but the public API and ND4J: grades 0 to G, where logit g says whether the
 * grade is above g (Frank and Hall, ECML 2001).
 */
record OrdinalHead(String name, int thresholds) implements Head {

    @Override
    public Task task() {
        return new Task(
                name, TaskKind.CUSTOM, loss().name(), thresholds, List.of(), "grade-error", Direction.LOWER_IS_BETTER);
    }

    @Override
    public Optional<String> input() {
        return Optional.empty();
    }

    @Override
    public LayerSpec network(Shape representation) {
        return new Dense(thresholds, Activation.IDENTITY, Initializer.GLOROT_UNIFORM);
    }

    @Override
    public LossFunction loss() {
        return new GradeLoss();
    }

    @Override
    public void checkLabels(INDArray labels, INDArray mask, long batch) {
        boolean maskFits = mask == null
                || (mask.length() == batch && mask.sub(0.5).norm1Number().doubleValue() == batch / 2.0);
        if (labels.rank() != 1 || labels.length() != batch || !maskFits) {
            throw new IllegalArgumentException("task \"" + name + "\": give a grade and a mask entry for each example");
        }
        for (int i = 0; i < batch; i++) {
            double grade = labels.getDouble(i);
            boolean there = (mask == null || mask.getDouble(i) != 0) && !Double.isNaN(grade);
            if (there && !(grade >= 0 && grade <= thresholds)) {
                throw new IllegalArgumentException("task \"" + name + "\": grade " + grade + " at example " + i);
            }
        }
    }

    @Override
    public INDArray activate(INDArray logits) {
        return Nd4j.math().exp(logits.neg()).addi(1).rdivi(1);
    }

    @Override
    public TaskMetrics newMetrics() {
        return new GradeError();
    }

    @Override
    public List<TaskPrediction> decode(INDArray outputs, INDArray steps) {
        return IntStream.range(0, (int) outputs.size(0))
                .mapToObj(i -> outputs.getRow(i).toDoubleVector())
                .map(row -> new TaskPrediction(task(), List.of(grade(row)), List.of(row)))
                .toList();
    }

    private static int grade(double[] above) {
        return (int)
                IntStream.range(0, above.length).filter(g -> above[g] > 0.5).count();
    }

    /** Each threshold is a yes/no question of its own. */
    private record GradeLoss() implements LossFunction {

        @Override
        public String name() {
            return "ordinal";
        }

        @Override
        public Result evaluate(INDArray logits, INDArray labels, INDArray mask) {
            INDArray grades = labels.reshape(labels.length(), 1).castTo(logits.dataType());
            INDArray thresholds = Nd4j.arange(logits.size(1)).reshape(1, logits.size(1));
            INDArray above = grades.gt(thresholds.castTo(logits.dataType())).castTo(logits.dataType());
            return Losses.binaryCrossEntropy().evaluate(logits, above, mask);
        }
    }

    /** The mean distance between grades. */
    private static final class GradeError implements TaskMetrics {

        private double sum;
        private long count;

        @Override
        public void add(double[][] outputs, double[][] labels) {
            if (!Double.isNaN(labels[0][0])) {
                sum += Math.abs(grade(outputs[0]) - labels[0][0]);
                count++;
            }
        }

        @Override
        public List<MetricValue> values() {
            return List.of(new MetricValue("grade-error", sum / count, Direction.LOWER_IS_BETTER));
        }

        @Override
        public String report() {
            return "grade error " + sum / count + "\n";
        }
    }
}
