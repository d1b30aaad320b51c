package io.mtl4j.nn.semi;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.SourceLabels;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Writes what a model is sure of where labels are missing (D.-H. Lee, "Pseudo-Label", ICML workshops 2013). Labels that are
 * there stay.
 *
 * <p>This is also how labels move between tasks: a model that learned task B on one data set labels B in another, where only
 * A was labelled, and a joint model then learns both from all:
 *
 * <pre>{@code
 * DataSource both = PseudoLabels.confident(0.9).only("sentiment").fill(sentimentModel, reviews).source();
 * }</pre>
 *
 * <p>Only answers with a probability can be told sure from unsure: a class, yes or no, and each of several labels. The
 * confidence is the probability of the answer. A model's confidence is honest only if the model does not overfit; the right
 * threshold depends on it.
 *
 * @param confidence the least probability of an answer, from 0 to 1; at 0 everything is labelled
 * @param perClass the most examples of each class to label, the surest first, at least 1: it keeps the frequent classes from
 *     drowning the others
 * @param soft whether to write probabilities instead of answers
 * @param tasks the tasks; empty for all whose kind allows it
 */
public record PseudoLabels(double confidence, int perClass, boolean soft, Set<String> tasks) {

    /** Checks the values and copies the set. */
    public PseudoLabels {
        Require.within("pseudo-labels: confidence", confidence, 0, 1);
        Require.atLeast("pseudo-labels: most examples of a class", perClass, 1);
        tasks = Collections.unmodifiableSet(new LinkedHashSet<>(tasks));
    }

    /**
     * {@return answers of at least a probability, as hard labels, of all tasks}
     *
     * @param confidence the least probability, from 0 to 1; 0.95 is usual
     */
    public static PseudoLabels confident(double confidence) {
        return new PseudoLabels(confidence, Integer.MAX_VALUE, false, Set.of());
    }

    /**
     * {@return these with a bound on the examples of each class}
     *
     * @param examples at least 1
     */
    public PseudoLabels perClass(int examples) {
        return new PseudoLabels(confidence, examples, soft, tasks);
    }

    /** {@return these as probabilities instead of answers} */
    public PseudoLabels softened() {
        return new PseudoLabels(confidence, perClass, true, tasks);
    }

    /**
     * {@return these for some tasks only}
     *
     * @param names the tasks
     */
    public PseudoLabels only(String... names) {
        return new PseudoLabels(confidence, perClass, soft, new LinkedHashSet<>(List.of(names)));
    }

    /**
     * A source whose missing labels are filled in.
     *
     * @param source the source
     * @param added how many labels were written, by task and class: the class's number, 0 and 1 for no and yes, the number of
     *     the label where any of several may hold
     */
    public record Filled(DataSource source, Map<String, SortedMap<Integer, Integer>> added) {

        /** {@return how many labels were written} */
        public int total() {
            return added.values().stream()
                    .flatMap(counts -> counts.values().stream())
                    .mapToInt(n -> n)
                    .sum();
        }
    }

    /**
     * Labels the examples that lack labels.
     *
     * @param teacher who labels
     * @param source the examples, seen as the source gives them, so better not augmented
     * @return the same examples with more labels
     * @throws IllegalArgumentException if a task was named that the teacher has not, or whose answers have no probability
     */
    public Filled fill(Predictor teacher, DataSource source) {
        Map<String, double[][]> outputs = new Evaluator(teacher, 256).outputs(source);
        Map<String, Labels> filled = new LinkedHashMap<>();
        Map<String, SortedMap<Integer, Integer>> added = new LinkedHashMap<>();
        for (Task task : chosen(teacher)) {
            if (outputs.containsKey(task.name())) {
                LabelTable known = known(task, source);
                SureAnswers sure = SureAnswers.of(task, outputs.get(task.name()), known, this);
                filled.put(task.name(), Labels.rows(known.with(sure.labels()).rows()));
                added.put(task.name(), sure.counts());
            }
        }
        return new Filled(new RelabeledSource(source, filled), added);
    }

    static LabelTable known(Task task, DataSource source) {
        return source.tasks().contains(task.name())
                ? new LabelTable(task, SourceLabels.rows(source, task.name()))
                : LabelTable.empty(task, source.size());
    }

    /** The tasks to label, in the teacher's order. */
    List<Task> chosen(Predictor teacher) {
        for (String name : tasks) {
            Task task = teacher.tasks().get(teacher.tasks().indexOf(name));
            if (!SureAnswers.possible(task)) {
                throw new IllegalArgumentException("task \"" + name + "\" of kind " + task.kind()
                        + ": its answers have no probability to tell sure from unsure; only classes, yes or no, and"
                        + " several labels can be pseudo-labelled");
            }
        }
        List<Task> all = new ArrayList<>();
        for (Head head : teacher.heads()) {
            if (tasks.isEmpty()
                    ? SureAnswers.possible(head.task())
                    : tasks.contains(head.task().name())) {
                all.add(head.task());
            }
        }
        return all;
    }
}
