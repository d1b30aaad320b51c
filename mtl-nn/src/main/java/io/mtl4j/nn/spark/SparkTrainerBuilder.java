package io.mtl4j.nn.spark;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.KnownTypes;
import io.mtl4j.nn.train.TrainerBuilder;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Builds a {@link SparkTrainer}. Unless set: the usual settings of a trainer, a worker for each partition of the data,
 * synchronous gradients.
 */
public final class SparkTrainerBuilder {

    private final MultiTaskModel model;
    private SparkSettings settings = trainer -> trainer;
    private SparkTypes types = KnownTypes::standard;
    private UnaryOperator<TrainerBuilder> driver = UnaryOperator.identity();
    private OptionalInt workers = OptionalInt.empty();
    private OptionalInt averagingEvery = OptionalInt.empty();

    SparkTrainerBuilder(MultiTaskModel model) {
        this.model = Objects.requireNonNull(model, "model");
    }

    private SparkTrainerBuilder(SparkTrainerBuilder other) {
        this.model = other.model;
        this.settings = other.settings;
        this.types = other.types;
        this.driver = other.driver;
        this.workers = other.workers;
        this.averagingEvery = other.averagingEvery;
    }

    /**
     * Sets methods, optimiser, schedule, batch size, epochs and seed, on the driver and on all workers. The batch size is that
     * of all workers together.
     *
     * @param value makes the settings, afresh on each machine
     * @return this
     */
    public SparkTrainerBuilder settings(SparkSettings value) {
        this.settings = Objects.requireNonNull(value, "settings");
        return this;
    }

    /**
     * Sets what only the driver has: listeners and checkpoints. It need not be serialisable.
     *
     * @param value adds to the settings
     * @return this
     */
    public SparkTrainerBuilder driver(UnaryOperator<TrainerBuilder> value) {
        this.driver = Objects.requireNonNull(value, "driver");
        return this;
    }

    /**
     * Sets the number of workers, into whose partitions the data are spread anew if they are not already.
     *
     * @param value at least 1
     * @return this
     * @throws IllegalArgumentException if it is below 1
     */
    public SparkTrainerBuilder workers(int value) {
        this.workers = OptionalInt.of(Require.atLeast("workers", value, 1));
        return this;
    }

    /**
     * Lets each worker do so many steps by itself before parameters are averaged, instead of joining gradients at each step.
     *
     * @param steps at least 1
     * @return this
     * @throws IllegalArgumentException if it is below 1
     */
    public SparkTrainerBuilder averagingEvery(int steps) {
        this.averagingEvery = OptionalInt.of(Require.atLeast("steps between averages", steps, 1));
        return this;
    }

    /**
     * Sets the types of which the model is made, if it has layers, heads or losses of the application's own.
     *
     * @param value makes the types
     * @return this
     */
    public SparkTrainerBuilder types(SparkTypes value) {
        this.types = Objects.requireNonNull(value, "types");
        return this;
    }

    /**
     * {@return the trainer}
     *
     * @throws IllegalArgumentException if the settings or types hold on to something that cannot be sent to workers
     */
    public SparkTrainer build() {
        requireSerializable("settings", settings);
        requireSerializable("types", types);
        return new SparkTrainer(model, new SparkTrainerBuilder(this));
    }

    private static void requireSerializable(String what, Object value) {
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    what + " hold on to what cannot be sent to workers (" + e.getMessage()
                            + "); make it inside the lambda, or give it with driver(...) if only the driver needs it",
                    e);
        }
    }

    SparkSettings settings() {
        return settings;
    }

    SparkTypes types() {
        return types;
    }

    UnaryOperator<TrainerBuilder> driver() {
        return driver;
    }

    OptionalInt workers() {
        return workers;
    }

    OptionalInt averagingEvery() {
        return averagingEvery;
    }
}
