package io.mtl4j.nn.model;

import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.TaskPrediction;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.Backend;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.TaskSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
 * parameters of two steps.
 */
public final class MultiTaskModel {

    /** The name of the input of a model that has but one and did not name it. */
    public static final String DEFAULT_INPUT = "input";

    private final Network network;
    private final long seed;

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

    /** {@return the tasks in order} */
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

    /**
     * Predicts for one example of a model with one input.
     *
     * @param example an array of the input's shape, without or with a batch dimension of 1
     * @return the answers of all tasks
     * @throws IllegalArgumentException if the array does not fit
     * @throws IllegalStateException if the model has several inputs
     */
    public Prediction predict(INDArray example) {
        return predict(onlyInput(), example);
    }

    /**
     * Predicts for one example given as plain numbers, of a model with one input.
     *
     * @param example the example's numbers in C order; for sequences of features, step by step
     * @return the answers of all tasks
     * @throws IllegalArgumentException if the count of numbers does not fit
     */
    public Prediction predict(float... example) {
        String input = onlyInput();
        Shape shape = architecture().inputs().get(0).shape();
        long[] dimensions = shape.dimensions();
        if (shape instanceof Shape.Tokens) {
            dimensions[0] = example.length;
        } else if (shape instanceof Shape.Sequence sequence) {
            dimensions[0] = example.length / sequence.features();
        }
        if (Arrays.stream(dimensions).reduce(1, (a, b) -> a * b) != example.length) {
            throw new IllegalArgumentException("input \"" + input + "\": " + example.length + " numbers for " + shape
                    + "; give exactly as many as the shape has");
        }
        return predict(input, Nd4j.createFromArray(example).reshape('c', dimensions));
    }

    /**
     * Predicts for one example.
     *
     * @param input the name of the input
     * @param example an array of the input's shape, without or with a batch dimension of 1
     * @return the answers of the tasks that read the input
     * @throws IllegalArgumentException if there is no such input or the array does not fit
     */
    public Prediction predict(String input, INDArray example) {
        int rank = architecture()
                .inputs()
                .get(architecture().indexOfInput(input))
                .shape()
                .dimensions()
                .length;
        INDArray batch = example.rank() == rank ? Nd4j.expandDims(example, 0) : example;
        if (batch.size(0) != 1) {
            throw new IllegalArgumentException("input \"" + input + "\": " + batch.size(0)
                    + " examples given to predict; use predictBatch for more than one");
        }
        return predictBatch(input, batch, null).get(0);
    }

    /**
     * Predicts for a batch of a model with one input.
     *
     * @param examples examples, batch first
     * @return the answers in the order of the examples
     * @throws IllegalArgumentException if the array does not fit
     */
    public List<Prediction> predictBatch(INDArray examples) {
        return predictBatch(onlyInput(), examples, null);
    }

    /**
     * Predicts for a batch.
     *
     * @param input the name of the input
     * @param examples examples, batch first
     * @param steps {@code [batch, time]}, 1 for real time steps and 0 for padding; null if all are real
     * @return the answers in the order of the examples
     * @throws IllegalArgumentException if there is no such input or the array does not fit
     */
    public List<Prediction> predictBatch(String input, INDArray examples, INDArray steps) {
        return predictBatch(input, SourceBatch.of(examples, steps));
    }

    /**
     * Predicts for a batch whose elements may have relations, such as the nodes of graphs.
     *
     * @param input the name of the input
     * @param examples the examples, such as {@code source.batch(...)} gives; their labels are not looked at
     * @return the answers in the order of the examples
     * @throws IllegalArgumentException if there is no such input or an array does not fit
     */
    public List<Prediction> predictBatch(String input, SourceBatch examples) {
        Map<String, List<TaskPrediction>> byTask = new LinkedHashMap<>();
        outputs(input, examples)
                .forEach((task, output) -> byTask.put(task, head(task).decode(output, examples.steps())));
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            Map<String, TaskPrediction> one = new LinkedHashMap<>();
            for (var entry : byTask.entrySet()) {
                one.put(entry.getKey(), entry.getValue().get(i));
            }
            predictions.add(new Prediction(one));
        }
        return predictions;
    }

    /**
     * Computes probabilities or values for a batch.
     *
     * @param input the name of the input
     * @param examples examples, batch first
     * @param steps mask of time steps {@code [batch, time]}, or null
     * @return by task, what {@link Head#activate} gives
     * @throws IllegalArgumentException if there is no such input or the array does not fit
     */
    public Map<String, INDArray> outputs(String input, INDArray examples, INDArray steps) {
        return outputs(input, SourceBatch.of(examples, steps));
    }

    /**
     * Computes probabilities or values for a batch whose elements may have relations, such as the nodes of graphs.
     *
     * @param input the name of the input
     * @param examples the examples, whose labels are not looked at
     * @return by task, what {@link Head#activate} gives
     * @throws IllegalArgumentException if there is no such input or an array does not fit
     */
    public Map<String, INDArray> outputs(String input, SourceBatch examples) {
        Map<String, INDArray> outputs = new LinkedHashMap<>();
        try (MemoryWorkspace arena = Arena.open("PREDICT")) {
            INDArray[] logits = network.logits(architecture().indexOfInput(input), examples);
            for (int k = 0; k < logits.length; k++) {
                if (logits[k] != null) {
                    Head head = architecture().heads().get(k);
                    outputs.put(head.task().name(), head.activate(logits[k]).detach());
                }
            }
        }
        return outputs;
    }

    private Head head(String task) {
        return architecture().heads().get(tasks().indexOf(task));
    }

    private String onlyInput() {
        if (architecture().inputs().size() > 1) {
            throw new IllegalStateException("the model has the inputs "
                    + architecture().inputs().stream().map(InputSpec::name).toList()
                    + "; say which one the example is for: predict(input, example)");
        }
        return architecture().inputs().get(0).name();
    }
}
