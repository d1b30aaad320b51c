package io.mtl4j.nn.ensemble;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.TaskHead;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.BatchNorm;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.schedule.LearningRate;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Learns one task from the members' answers: each answer brought to mean 0 and deviation 1, then a
 * linear layer.
 */
record StackingLearner(Task task, long seed) {

    private static final double SMALLEST = 1e-6; // of a probability, so that logarithms stay finite
    private static final Set<TaskKind> STACKED =
            Set.of(TaskKind.MULTI_CLASS, TaskKind.BINARY, TaskKind.MULTI_LABEL, TaskKind.REGRESSION);
    private static final int STEPS = 300;
    private static final double RATE = 0.03;
    private static final double DECAY = 0.1;

    static void requireKind(Task task) {
        if (!STACKED.contains(task.kind())) {
            throw new IllegalArgumentException("task \"" + task.name() + "\" of kind " + task.kind()
                    + " cannot be stacked, only classes, labels and values; average the members instead");
        }
    }

    /** What a learner reads, {@code [examples][members * outputs]}, from the answers of each member. */
    static float[][] features(Task task, List<double[][]> members) {
        int width = task.outputs();
        float[][] rows = new float[members.get(0).length][width * members.size()];
        for (int i = 0; i < rows.length; i++) {
            for (int m = 0; m < members.size(); m++) {
                for (int c = 0; c < width; c++) {
                    rows[i][m * width + c] = (float) feature(task.kind(), members.get(m)[i][c]);
                }
            }
        }
        return rows;
    }

    private static double feature(TaskKind kind, double output) {
        return switch (kind) {
            case MULTI_CLASS -> Math.log(Math.max(output, SMALLEST));
            case BINARY, MULTI_LABEL -> Math.log(Math.max(output, SMALLEST)) - Math.log(Math.max(1 - output, SMALLEST));
            default -> output;
        };
    }

    MultiTaskModel train(float[][] features, float[][] labels) {
        MultiTaskModel model = MultiTaskModel.builder()
                .input(Shape.vector(features[0].length))
                .encoder(Encoders.mlp().then(BatchNorm.of(Activation.IDENTITY)))
                .task(head(labels))
                .seed(seed)
                .build();
        Trainer.builder(model)
                .epochs(STEPS)
                .batchSize(features.length)
                .optimizer(new AdamW(RATE, DECAY))
                .learningRate(LearningRate.cosine(0.01))
                .seed(seed)
                .build()
                .fit(MultiTaskData.of(ArraySource.builder(MultiTaskModel.DEFAULT_INPUT)
                        .features(features)
                        .labels(task.name(), Labels.rows(labels))
                        .build()));
        return model;
    }

    private TaskHead head(float[][] labels) {
        return switch (task.kind()) {
            case MULTI_CLASS -> Tasks.classification(task.name(), task.outputs());
            case BINARY -> Tasks.binary(task.name());
            case MULTI_LABEL -> Tasks.multiLabel(task.name(), task.outputs());
            default -> standardized(labels);
        };
    }

    private TaskHead standardized(float[][] labels) {
        double[] means = new double[task.outputs()];
        double[] deviations = new double[task.outputs()];
        for (int c = 0; c < means.length; c++) {
            int column = c;
            double[] known = Arrays.stream(labels)
                    .mapToDouble(row -> row[column])
                    .filter(v -> !Double.isNaN(v))
                    .toArray();
            double mean = Arrays.stream(known).average().orElse(0);
            double variance = Arrays.stream(known)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElse(0);
            means[c] = mean;
            deviations[c] = variance > 0 ? Math.sqrt(variance) : 1;
        }
        return Tasks.regression(task.name(), task.outputs()).standardize(means, deviations);
    }
}
