package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.internal.NonFinite;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.InputSpec;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The examples of one partition, of all inputs, in the order in which Spark has them. */
final class Shard {

    private final List<InputSpec> inputs;
    private final List<Rows> rows = new ArrayList<>();
    private final List<Set<String>> tasks = new ArrayList<>();

    /**
     * Reads a partition.
     *
     * @throws IllegalArgumentException if examples do not fit the model, or have features that are not finite
     */
    Shard(MultiTaskModel model, Iterator<MultiTaskBatch> partition) {
        this.inputs = model.inputs();
        Map<String, List<SourceBatch>> parts = new TreeMap<>();
        for (InputSpec input : inputs) {
            parts.put(input.name(), new ArrayList<>());
        }
        while (partition.hasNext()) {
            partition.next().sources().forEach((name, batch) -> {
                InputSpec input = inputs.get(model.architecture().indexOfInput(name));
                check(input.shape(), name, batch);
                parts.get(name).add(batch);
            });
        }
        for (InputSpec input : inputs) {
            Set<String> labelled = new TreeSet<>();
            parts.get(input.name())
                    .forEach(batch -> labelled.addAll(batch.labels().keySet()));
            tasks.add(labelled);
            rows.add(new Rows(parts.get(input.name())));
        }
    }

    private static void check(Shape shape, String input, SourceBatch batch) {
        shape.check(batch.features(), "input \"" + input + "\"");
        if (NonFinite.first(batch.features()) >= 0) {
            throw new IllegalArgumentException("input \"" + input
                    + "\" has features that are NaN or infinite; leave such examples out, or fill in their values");
        }
    }

    /** {@return the number of examples of each input} */
    int[] sizes() {
        return rows.stream().mapToInt(Rows::size).toArray();
    }

    /** {@return the names of the tasks that have labels, for each input} */
    List<Set<String>> tasks() {
        return tasks;
    }

    /**
     * {@return some examples; null if there are none}
     *
     * @param numbers for each input, numbers of the examples within this shard
     * @param skipped names of tasks that take no part
     */
    MultiTaskBatch batch(int[][] numbers, Set<String> skipped) {
        Map<String, SourceBatch> sources = new HashMap<>();
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i].length > 0) {
                sources.put(inputs.get(i).name(), rows.get(i).select(numbers[i]));
            }
        }
        return sources.isEmpty() ? null : new MultiTaskBatch(sources, skipped);
    }
}
