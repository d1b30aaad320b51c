package io.mtl4j.metric;

import static io.mtl4j.task.Direction.HIGHER_IS_BETTER;

import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures a task with a tag for each element of a sequence: {@code accuracy} of the tags, and where the tags mark
 * entities (see {@link TagSet}) {@code f1-entity}, {@code precision-entity}, {@code recall-entity}: over all entities,
 * right when first element, last element and type are right, as {@code conlleval} counts.
 *
 * <p>Tags mark entities when {@link TagSet#marksEntities} says so of the task's class names; otherwise, as for parts of
 * speech, {@code f1-macro} over the tags is measured instead. Elements without a label are taken out of
 * the sequence before its entities are read, so that labels on the first piece of each word only are fine.
 */
public final class TaggingMetrics implements TaskMetrics {
    private final Rows rows;
    private final MultiClassMetrics tags;
    private final Optional<TagSet> tagSet;
    private final Map<String, Counts> entities = new LinkedHashMap<>();

    /**
     * Creates it empty.
     *
     * @param task the task; its class names are the tags
     * @throws IllegalArgumentException if some tags mark entities and others are not of that form
     */
    public TaggingMetrics(Task task) {
        this.rows = new Rows(task);
        this.tags = new MultiClassMetrics(task, 1, false);
        this.tagSet =
                TagSet.marksEntities(task.classNames()) ? Optional.of(new TagSet(task.classNames())) : Optional.empty();
        tagSet.ifPresent(set -> set.types().forEach(type -> entities.put(type, Counts.ZERO)));
    }

    /**
     * Adds one sequence.
     *
     * @param outputs the model's outputs, {@code [T][C]}
     * @param labels the tags, {@code [T][1]} numbers or {@code [T][C]} one-hot; NaN where missing
     */
    @Override
    public void add(double[][] outputs, double[][] labels) {
        tags.add(outputs, labels);
        tagSet.ifPresent(set -> {
            int[] truth = new int[labels.length];
            int[] answer = new int[labels.length];
            int known = 0;
            for (int t = 0; t < labels.length; t++) {
                truth[known] = rows.classOf(labels[t]);
                answer[known] = Rows.argMax(outputs[t]);
                known += truth[known] >= 0 ? 1 : 0;
            }
            count(set.spans(Arrays.copyOf(truth, known)), set.spans(Arrays.copyOf(answer, known)));
        });
    }

    private void count(List<Span> truth, List<Span> found) {
        Set<Span> right = new HashSet<>(truth);
        for (Span span : found) {
            entities.merge(span.type(), right.remove(span) ? new Counts(1, 0, 0) : new Counts(0, 1, 0), Counts::plus);
        }
        right.forEach(missed -> entities.merge(missed.type(), new Counts(0, 0, 1), Counts::plus));
    }

    /** {@return the counts of each type of entity so far; empty when tags mark no entities} */
    public ClassCounts entities() {
        List<String> names =
                entities.keySet().stream().map(t -> t.isEmpty() ? "entity" : t).toList();
        return new ClassCounts(names, List.copyOf(entities.values()));
    }

    /** {@return the counts of each tag so far} */
    public ClassCounts tags() {
        return tags.classes();
    }

    @Override
    public List<MetricValue> values() {
        List<MetricValue> values = new ArrayList<>();
        values.add(new MetricValue("accuracy", tags.value("accuracy"), HIGHER_IS_BETTER));
        if (tagSet.isPresent()) {
            Counts micro = entities().micro();
            values.add(new MetricValue("f1-entity", micro.f1(), HIGHER_IS_BETTER));
            values.add(new MetricValue("precision-entity", micro.precision(), HIGHER_IS_BETTER));
            values.add(new MetricValue("recall-entity", micro.recall(), HIGHER_IS_BETTER));
        } else {
            values.add(new MetricValue("f1-macro", tags.value("f1-macro"), HIGHER_IS_BETTER));
        }
        return List.copyOf(values);
    }

    @Override
    public String report() {
        if (tagSet.isEmpty()) {
            return tags.report();
        }
        return new ClassificationReport(entities(), false)
                + String.format(Locale.ROOT, "\naccuracy of tags %.4f\n", tags.value("accuracy"));
    }
}
