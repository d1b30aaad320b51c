package io.mtl4j.nn.model;

import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.TaskPrediction;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.TaskSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Whatever answers tasks for examples: a {@link MultiTaskModel}, an ensemble of them, or something of the user's own.
 *
 * <p>An implementation says which inputs and tasks it has and computes {@link #outputs(String, SourceBatch)}; all ways of
 * asking follow from that. Predicting is safe from many threads at once.
 */
public interface Predictor {

    /** {@return the inputs, at least one} */
    List<InputSpec> inputs();

    /** {@return the heads in the order of the tasks: how answers are read and labels written} */
    List<Head> heads();

    /**
     * Computes probabilities or values for a batch.
     *
     * @param input the name of the input
     * @param examples examples; their labels do not matter
     * @return by task, what {@link Head#activate} gives; tasks that read another input are not there
     * @throws IllegalArgumentException if there is no such input or the array does not fit
     */
    Map<String, INDArray> outputs(String input, SourceBatch examples);

    /** {@return the tasks in order} */
    default TaskSet tasks() {
        return new TaskSet(heads().stream().map(Head::task).toList());
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
    default Map<String, INDArray> outputs(String input, INDArray examples, INDArray steps) {
        return outputs(input, SourceBatch.of(examples, steps));
    }

    /**
     * Predicts for one example, of one input.
     *
     * @param example an array of the input's shape, without or with a batch dimension of 1
     * @return the answers of all tasks
     * @throws IllegalArgumentException if the array does not fit
     * @throws IllegalStateException if there are several inputs
     */
    default Prediction predict(INDArray example) {
        return predict(onlyInput().name(), example);
    }

    /**
     * Predicts for one example given as plain numbers, of one input.
     *
     * @param example the example's numbers in C order; for sequences of features, step by step
     * @return the answers of all tasks
     * @throws IllegalArgumentException if the count of numbers does not fit
     * @throws IllegalStateException if there are several inputs
     */
    default Prediction predict(float... example) {
        String input = onlyInput().name();
        Shape shape = onlyInput().shape();
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
    default Prediction predict(String input, INDArray example) {
        int rank = input(input).shape().dimensions().length;
        INDArray batch = example.rank() == rank ? Nd4j.expandDims(example, 0) : example;
        if (batch.size(0) != 1) {
            throw new IllegalArgumentException("input \"" + input + "\": " + batch.size(0)
                    + " examples given to predict; use predictBatch for more than one");
        }
        return predictBatch(input, batch, null).get(0);
    }

    /**
     * Predicts for a batch, of one input.
     *
     * @param examples examples, batch first
     * @return the answers in the order of the examples
     * @throws IllegalArgumentException if the array does not fit
     * @throws IllegalStateException if there are several inputs
     */
    default List<Prediction> predictBatch(INDArray examples) {
        return predictBatch(onlyInput().name(), examples, null);
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
    default List<Prediction> predictBatch(String input, INDArray examples, INDArray steps) {
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
    default List<Prediction> predictBatch(String input, SourceBatch examples) {
        Map<String, INDArray> outputs = outputs(input, examples);
        List<Map<String, TaskPrediction>> answers = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            answers.add(new LinkedHashMap<>());
        }
        for (Head head : heads()) {
            INDArray output = outputs.get(head.task().name());
            if (output != null) {
                List<TaskPrediction> decoded = head.decode(output, examples.steps());
                for (int i = 0; i < answers.size(); i++) {
                    answers.get(i).put(head.task().name(), decoded.get(i));
                }
            }
        }
        return answers.stream().map(Prediction::new).toList();
    }

    private InputSpec input(String name) {
        return inputs().stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no input \"" + name + "\"; the inputs are "
                        + inputs().stream().map(InputSpec::name).toList()));
    }

    private InputSpec onlyInput() {
        if (inputs().size() > 1) {
            throw new IllegalStateException("the model has the inputs "
                    + inputs().stream().map(InputSpec::name).toList()
                    + "; say which one the example is for: predict(input, example)");
        }
        return inputs().get(0);
    }
}
