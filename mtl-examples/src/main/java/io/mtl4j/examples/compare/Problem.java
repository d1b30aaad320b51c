package io.mtl4j.examples.compare;

import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.model.ModelBuilder;
import java.util.List;

/** Several tasks on the same examples: a model and its data. */
public interface Problem {

    /** {@return the name, also that of the folder of its results} */
    String name();

    /** {@return what it is, in words, for the report} */
    String description();

    /** {@return the names of the tasks, at least two} */
    List<String> tasks();

    /** {@return the metric by which every task is judged; higher is better} */
    String metric();

    /**
     * {@return a new model in the making, the same for the same seed; all is set but how tasks share}
     *
     * @param tasks some of {@link #tasks()}
     * @param seed of the initial parameters
     */
    ModelBuilder model(List<String> tasks, long seed);

    /**
     * {@return the data with labels of some tasks}
     *
     * @param tasks some of {@link #tasks()}
     */
    Parts parts(List<String> tasks);

    /**
     * The data.
     *
     * @param train what all methods train on
     * @param heldOut a part of the training data kept apart, for methods that ask for it; the others do not see it
     * @param test what all methods are judged on
     */
    record Parts(MultiTaskData train, MultiTaskData heldOut, MultiTaskData test) {}
}
