package io.mtl4j.nn.select;

import io.mtl4j.grouping.TaskGroup;
import io.mtl4j.grouping.TaskGrouping;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.data.TaskSelection;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.InputSpec;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Predictor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model for each group of tasks, that answer as one: each task by the model of the group that serves it.
 *
 * <pre>{@code
 * TaskGrouping grouping = TaskGrouping.best(meter.affinity(model.tasks()), 2);
 * GroupedModel grouped = GroupedModel.train(grouping, train, 7, recipe);
 * Evaluation together = Evaluator.evaluate(grouped, test);
 * }</pre>
 */
public final class GroupedModel implements Predictor {

    private final TaskGrouping grouping;
    private final List<MultiTaskModel> models;
    private final List<InputSpec> inputs;
    private final List<Head> heads;

    /**
     * Joins models that are trained already.
     *
     * @param grouping the groups
     * @param models a model for each group, in the order of the groups
     * @throws IllegalArgumentException if their numbers differ, a model lacks a task that its group serves, or two models have
     *     an input of the same name and another shape
     */
    public GroupedModel(TaskGrouping grouping, List<MultiTaskModel> models) {
        this.grouping = Objects.requireNonNull(grouping, "grouping");
        this.models = List.copyOf(models);
        if (models.size() != grouping.groups().size()) {
            throw new IllegalArgumentException(
                    models.size() + " models for " + grouping.groups().size() + " groups; give one for each");
        }
        Map<String, InputSpec> byName = new LinkedHashMap<>();
        this.heads = new ArrayList<>();
        for (int g = 0; g < this.models.size(); g++) {
            MultiTaskModel model = this.models.get(g);
            for (String task : grouping.groups().get(g).serves()) {
                heads.add(model.heads().get(model.tasks().indexOf(task)));
            }
            for (InputSpec input : model.inputs()) {
                InputSpec other = byName.putIfAbsent(input.name(), input);
                if (other != null && !other.shape().equals(input.shape())) {
                    throw new IllegalArgumentException("input \"" + input.name() + "\" is " + other.shape()
                            + " in one model and " + input.shape() + " in another; give inputs of a name one shape");
                }
            }
        }
        this.inputs = List.copyOf(byName.values());
    }

    /**
     * {@return a model trained for each group, on the data of its tasks}
     *
     * @param grouping the groups
     * @param data labels of all tasks
     * @param seed from which each group has a seed of its own
     * @param recipe how the model of a group is trained
     */
    public static GroupedModel train(TaskGrouping grouping, MultiTaskData data, long seed, TasksRecipe recipe) {
        List<MultiTaskModel> models = new ArrayList<>();
        for (TaskGroup group : grouping.groups()) {
            models.add(recipe.train(
                    group.tasks(),
                    TaskSelection.of(data, group.tasks()),
                    new Seed(seed).child(models.size()).value()));
        }
        return new GroupedModel(grouping, models);
    }

    /** {@return the groups} */
    public TaskGrouping grouping() {
        return grouping;
    }

    /** {@return the models in the order of the groups} */
    public List<MultiTaskModel> models() {
        return models;
    }

    @Override
    public List<InputSpec> inputs() {
        return inputs;
    }

    /** {@return the heads, group by group} */
    @Override
    public List<Head> heads() {
        return List.copyOf(heads);
    }

    @Override
    public Map<String, INDArray> outputs(String input, SourceBatch examples) {
        if (inputs.stream().noneMatch(i -> i.name().equals(input))) {
            throw new IllegalArgumentException("no input \"" + input + "\"; the inputs are "
                    + inputs.stream().map(InputSpec::name).toList());
        }
        Map<String, INDArray> all = new LinkedHashMap<>();
        for (int g = 0; g < models.size(); g++) {
            if (models.get(g).inputs().stream().anyMatch(i -> i.name().equals(input))) {
                Map<String, INDArray> some = models.get(g).outputs(input, examples);
                for (String task : grouping.groups().get(g).serves()) {
                    if (some.containsKey(task)) {
                        all.put(task, some.get(task));
                    }
                }
            }
        }
        return all;
    }
}
