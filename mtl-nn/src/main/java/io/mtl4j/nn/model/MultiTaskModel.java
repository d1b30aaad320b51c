package io.mtl4j.nn.model;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.Backend;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.task.TaskSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model of several tasks: inputs, a shared encoder, a head a task.
 *
 * <pre>{@code
 * MultiTaskModel model = MultiTaskModel.builder()
 *     .input(Shape.image(3, 32, 32))
 *     .encoder(Encoders.cnn().conv(32, 3).maxPool(2).conv(64, 3).maxPool(2).dense(128))
 *     .task(Tasks.classification("digit", 10))
 *     .task(Tasks.classification("object", 10))
 *     .seed(7)
 *     .build();
 * }</pre>
 *
 * <p>Predicting is safe from many threads at once. Training changes the model; a prediction made meanwhile may mix the
 * parameters of two steps; predict with a {@link #copy()} where that matters. A model that is no longer needed gives its
 * memory, which lies outside the Java heap, back at once when it is closed; else the garbage collector does so some day.
 */
public final class MultiTaskModel implements Predictor, AutoCloseable {

    /** The name of the input of a model that has but one and did not name it. */
    public static final String DEFAULT_INPUT = "input";

    private final Network network;
    private final long seed;
    private final Lifetime lifetime = new Lifetime();

    private MultiTaskModel(Architecture architecture, DataType type, long seed) {
        this.network = new Network(architecture, type, new Seed(seed));
        this.seed = seed;
    }

    /**
     * Makes a model of a description; {@link #builder()} is the usual way.
     *
     * @param architecture the description
     * @param type {@link DataType#FLOAT} or {@link DataType#DOUBLE}
     * @param seed from which the parameters start
     * @return the model
     * @throws IllegalArgumentException if the parts do not fit together
     * @throws IllegalStateException if no ND4J backend is on the class path
     */
    public static MultiTaskModel of(Architecture architecture, DataType type, long seed) {
        Backend.require();
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("data type " + type + "; a model computes in FLOAT or DOUBLE");
        }
        return new MultiTaskModel(Objects.requireNonNull(architecture, "architecture"), type, seed);
    }

    /** {@return a builder} */
    public static ModelBuilder builder() {
        return new ModelBuilder();
    }

    /** {@return the description} */
    public Architecture architecture() {
        return network.architecture();
    }

    @Override
    public TaskSet tasks() {
        return architecture().tasks();
    }

    /** {@return the seed from which the parameters started} */
    public long seed() {
        return seed;
    }

    /** {@return the arithmetic, for trainers and tools} */
    public Network network() {
        return network;
    }

    /** {@return the number of parameters} */
    public long parameterCount() {
        return network.store().layout().length();
    }

    /** {@return the number of parameters that tasks share} */
    public long sharedParameterCount() {
        return network.store().layout().sharedLength();
    }

    /** {@return the model as a table for people: layers, output shapes, parameters} */
    public String summary() {
        return ModelSummary.of(this);
    }

    /** {@return a model of the same description with the numbers that this one has now; training one leaves the other} */
    public MultiTaskModel copy() {
        try (ModelHold hold = hold()) {
            MultiTaskModel copy = new MultiTaskModel(architecture(), network.type(), seed);
            Snapshot.of(this).restore(copy);
            return copy;
        }
    }

    /**
     * Keeps the model's memory until the hold is closed: for tools that work on {@link #network()} while another thread may
     * close the model. Trainers, evaluations, files and predictions do so by themselves.
     *
     * @return closes the hold, on the same thread
     * @throws IllegalStateException if the model was closed
     */
    public ModelHold hold() {
        return lifetime.hold();
    }

    /**
     * Gives back the memory of parameters and running statistics, when trainings and predictions in progress have ended. After
     * that the model cannot be used; closing it again does nothing.
     *
     * @throws IllegalStateException if called from within this model's own training or prediction, which would wait forever
     */
    @Override
    public void close() {
        lifetime.close(network.store()::close);
    }

    @Override
    public List<InputSpec> inputs() {
        return architecture().inputs();
    }

    @Override
    public List<Head> heads() {
        return architecture().heads();
    }

    @Override
    public Map<String, INDArray> outputs(String input, SourceBatch examples) {
        Map<String, INDArray> outputs = new LinkedHashMap<>();
        try (ModelHold hold = hold();
                MemoryWorkspace arena = Arena.open("PREDICT")) {
            INDArray[] logits = network.logits(architecture().indexOfInput(input), examples);
            for (int k = 0; k < logits.length; k++) {
                if (logits[k] != null) {
                    Head head = heads().get(k);
                    outputs.put(head.task().name(), head.activate(logits[k]).detach());
                }
            }
        }
        return outputs;
    }

    /**
     * Makes examples such as those that an adversarial task learned from.
     *
     * @param task the name of the task, such as one of {@link io.mtl4j.nn.head.Tasks#gan}
     * @param n how many, at least 1
     * @param noiseSeed from which the noise comes: the same seed, the same examples
     * @return examples of the shape and scale of the task's input, batch first
     * @throws IllegalArgumentException if there is no such task, it has no generator, or n is below 1
     */
    public INDArray generate(String task, int n, long noiseSeed) {
        Require.atLeast("number of examples to generate", n, 1);
        int index = tasks().indexOf(task);
        if (!network.generators().tasks().contains(index)) {
            throw new IllegalArgumentException(
                    "task \"" + task + "\" has no generator; tasks made by Tasks.gan have one");
        }
        try (ModelHold hold = hold();
                MemoryWorkspace arena = Arena.open("PREDICT")) {
            return network.generators().generate(index, n, new Seed(noiseSeed)).detach();
        }
    }
}
