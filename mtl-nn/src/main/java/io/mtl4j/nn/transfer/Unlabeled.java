package io.mtl4j.nn.transfer;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.DerivedSource;
import io.mtl4j.nn.data.SourceBatch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * A data source that is said to have labels of further tasks, none of which is there: for a training in which old tasks have
 * nothing to learn from. Without it, a trainer takes the missing labels for a mistake.
 *
 * <pre>{@code
 * Trainer.builder(model)
 *         .penalty(anchor.penalty(model, 100))
 *         .build()
 *         .fit(MultiTaskData.of(new Unlabeled(clothes, "digit")));
 * }</pre>
 *
 * @param source the examples, with labels of other tasks
 * @param without the names of the tasks that have no labels
 */
public record Unlabeled(DataSource source, Set<String> without) implements DerivedSource {

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if the source has labels of such a task
     */
    public Unlabeled {
        without = Set.copyOf(without);
        for (String task : source.tasks()) {
            if (without.contains(task)) {
                throw new IllegalArgumentException("data source of input \"" + source.input()
                        + "\" has labels of task \"" + task + "\"; name tasks that it has none of");
            }
        }
    }

    /**
     * Says which tasks have no labels.
     *
     * @param source the examples
     * @param without the names of the tasks
     */
    public Unlabeled(DataSource source, String... without) {
        this(source, new LinkedHashSet<>(List.of(without)));
    }

    @Override
    public Set<String> tasks() {
        Set<String> tasks = new TreeSet<>(source.tasks());
        tasks.addAll(without);
        return tasks;
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator random) {
        return source.batch(indices, random);
    }
}
