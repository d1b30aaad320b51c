package io.mtl4j.nn.model;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.sharing.HardSharing;
import io.mtl4j.nn.sharing.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;

/** Builds a {@link MultiTaskModel}. Needs an input, an encoder and a task; the seed is 0 unless set. */
public final class ModelBuilder {

    private final List<InputSpec> inputs = new ArrayList<>();
    private final List<Head> heads = new ArrayList<>();
    private Encoder encoder;
    private Sharing sharing = new HardSharing();
    private DataType type = DataType.FLOAT;
    private long seed;

    ModelBuilder() {}

    /**
     * Declares the only input.
     *
     * @param shape the shape of an example
     * @return this
     */
    public ModelBuilder input(Shape shape) {
        return input(MultiTaskModel.DEFAULT_INPUT, shape);
    }

    /**
     * Declares an input that has the shape which the encoder takes.
     *
     * @param name unique in the model
     * @param shape the shape of an example
     * @return this
     */
    public ModelBuilder input(String name, Shape shape) {
        return input(name, shape, Chain.of());
    }

    /**
     * Declares an input with a stem that brings it to the shape which the encoder takes.
     *
     * @param name unique in the model
     * @param shape the shape of an example
     * @param stem the stem
     * @return this
     */
    public ModelBuilder input(String name, Shape shape, LayerSpec stem) {
        inputs.add(new InputSpec(name, shape, stem));
        return this;
    }

    /**
     * Sets the shared encoder.
     *
     * @param newEncoder the encoder
     * @return this
     * @throws IllegalStateException if an encoder is set already
     */
    public ModelBuilder encoder(Encoder newEncoder) {
        if (encoder != null) {
            throw new IllegalStateException("the encoder is already set to \"" + encoder.kind() + "\"; set it once");
        }
        this.encoder = Objects.requireNonNull(newEncoder, "encoder");
        return this;
    }

    /**
     * Sets how the tasks share the encoder; hard sharing unless set.
     *
     * @param newSharing how
     * @return this
     */
    public ModelBuilder sharing(Sharing newSharing) {
        this.sharing = Objects.requireNonNull(newSharing, "sharing");
        return this;
    }

    /**
     * Adds a task.
     *
     * @param head its head
     * @return this
     */
    public ModelBuilder task(Head head) {
        heads.add(Objects.requireNonNull(head, "head"));
        return this;
    }

    /**
     * Sets the seed from which the parameters start; 0 unless set.
     *
     * @param newSeed the seed
     * @return this
     */
    public ModelBuilder seed(long newSeed) {
        this.seed = newSeed;
        return this;
    }

    /**
     * Sets the data type; {@link DataType#FLOAT} unless set.
     *
     * @param newType {@link DataType#FLOAT} or {@link DataType#DOUBLE}
     * @return this
     */
    public ModelBuilder dataType(DataType newType) {
        this.type = Objects.requireNonNull(newType, "type");
        return this;
    }

    /**
     * {@return the model}
     *
     * @throws IllegalArgumentException if the parts do not fit together
     */
    public MultiTaskModel build() {
        return MultiTaskModel.of(new Architecture(inputs, encoder, sharing, heads), type, seed);
    }
}
