package io.mtl4j.examples.benchmark;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.Sharings;
import java.util.Locale;
import java.util.stream.LongStream;

/** The networks that are measured: small, usual, and each ruled by another kind of arithmetic. */
enum ReferenceModel {
    /** 784-512-256 ReLU, three tasks, 256 examples a step. */
    MLP(3, 256),
    /** Three convolutions and a dense layer on pictures of 32 x 32, two tasks, 128 examples a step. */
    CNN(2, 128),
    /** 128 LSTM units on 32 steps of 64 features, two tasks, 64 examples a step. */
    LSTM(2, 64),
    /** Two transformer layers on 32 steps of 128 features, two tasks, 64 examples a step. */
    TRANSFORMER(2, 64);

    /** The number of classes of every task. */
    static final int CLASSES = 10;

    private static final int STEPS = 32;

    private final int tasks;
    private final int batch;

    ReferenceModel(int tasks, int batch) {
        this.tasks = tasks;
        this.batch = batch;
    }

    /** {@return the name as users write it} */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the number of tasks of the reference} */
    int tasks() {
        return tasks;
    }

    /** {@return the number of examples in a step} */
    int batch() {
        return batch;
    }

    /** {@return the name of a task} */
    static String task(int number) {
        return "task" + number;
    }

    /** {@return the shape of an example} */
    Shape shape() {
        return switch (this) {
            case MLP -> Shape.vector(784);
            case CNN -> Shape.image(3, 32, 32);
            case LSTM -> Shape.sequence(64);
            case TRANSFORMER -> Shape.sequence(128);
        };
    }

    /** {@return the size of an array of examples} */
    long[] dimensions(int examples) {
        long[] one = shape().dimensions();
        if (shape() instanceof Shape.Sequence) {
            one[0] = STEPS;
        }
        return LongStream.concat(LongStream.of(examples), LongStream.of(one)).toArray();
    }

    private Encoder encoder() {
        return switch (this) {
            case MLP -> Encoders.mlp().dense(512).dense(256);
            case CNN ->
                Encoders.cnn()
                        .conv(32, 3)
                        .conv(64, 3)
                        .maxPool(2)
                        .conv(64, 3)
                        .maxPool(2)
                        .dense(128);
            case LSTM -> Encoders.lstm().units(128).lastStep();
            case TRANSFORMER -> PooledBlocks.reference();
        };
    }

    /** {@return a fresh model with a number of tasks} */
    MultiTaskModel model(int taskCount) {
        return model(taskCount, Sharings.hard());
    }

    /** {@return a fresh model with a number of tasks that share its encoder in a given way} */
    MultiTaskModel model(int taskCount, Sharing sharing) {
        ModelBuilder builder = MultiTaskModel.builder()
                .input(shape())
                .encoder(encoder())
                .sharing(sharing)
                .seed(7);
        for (int k = 0; k < taskCount; k++) {
            builder.task(Tasks.classification(task(k), CLASSES));
        }
        return builder.build();
    }
}
