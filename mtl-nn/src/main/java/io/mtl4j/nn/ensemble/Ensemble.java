package io.mtl4j.nn.ensemble;

import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.model.InputSpec;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Several predictors that answer as one: {@code new Ensemble(models, new Average()).predict(example)}. Its members read the
 * same inputs and have the same tasks, in the same order; their encoders and heads may differ.
 */
public final class Ensemble implements Predictor {

    private final List<Predictor> members;
    private final Combination combination;

    /**
     * Makes an ensemble.
     *
     * @param members at least one
     * @param combination how their answers become one
     * @throws IllegalArgumentException if there are no members, or their inputs or tasks differ
     */
    public Ensemble(List<? extends Predictor> members, Combination combination) {
        this.members = List.copyOf(members);
        this.combination = Objects.requireNonNull(combination, "combination");
        requireAlike(this.members);
    }

    /** Checks that predictors answer the same questions. */
    static void requireAlike(List<? extends Predictor> members) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("no members; an ensemble needs at least one");
        }
        List<String> first = description(members.get(0));
        for (int m = 1; m < members.size(); m++) {
            if (!description(members.get(m)).equals(first)) {
                throw new IllegalArgumentException("member " + m + " has " + description(members.get(m))
                        + " and member 0 has " + first + "; members need the same inputs and tasks in the same order");
            }
        }
    }

    private static List<String> description(Predictor member) {
        List<String> all = new ArrayList<>();
        for (InputSpec input : member.inputs()) {
            all.add("input \"" + input.name() + "\" " + input.shape());
        }
        for (Task task : member.tasks()) {
            all.add("task \"" + task.name() + "\" " + task.kind() + " " + task.outputs());
        }
        return all;
    }

    /** {@return the members in order} */
    public List<Predictor> members() {
        return members;
    }

    /** {@return how their answers become one} */
    public Combination combination() {
        return combination;
    }

    @Override
    public List<InputSpec> inputs() {
        return members.get(0).inputs();
    }

    @Override
    public List<Head> heads() {
        return members.get(0).heads();
    }

    @Override
    public Map<String, INDArray> outputs(String input, SourceBatch examples) {
        List<Map<String, INDArray>> all =
                members.stream().map(m -> m.outputs(input, examples)).toList();
        Map<String, INDArray> combined = new LinkedHashMap<>();
        for (Head head : heads()) {
            String task = head.task().name();
            if (all.get(0).containsKey(task)) {
                combined.put(
                        task,
                        combination.combine(
                                head, all.stream().map(o -> o.get(task)).toList()));
            }
        }
        return combined;
    }
}
