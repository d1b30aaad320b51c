package io.mtl4j.nn.semi;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SelectedSource;
import io.mtl4j.nn.data.SourceLabels;
import java.util.stream.IntStream;

/** Picks the examples of a source that have labels, or shows them more often. */
public final class LabeledRows {

    private LabeledRows() {}

    /**
     * {@return the examples that have a label of at least one task}
     *
     * @param source a source, some of whose labels are missing
     * @throws IllegalArgumentException if no example has a label
     */
    public static DataSource only(DataSource source) {
        return new SelectedSource(source, indices(has(source)));
    }

    /**
     * {@return the same of each source}
     *
     * @param data the data
     * @throws IllegalArgumentException if no example of a source has a label
     */
    public static MultiTaskData only(MultiTaskData data) {
        return new MultiTaskData(data.sources().stream().map(LabeledRows::only).toList());
    }

    /**
     * {@return all examples, those with labels repeated so often that they are at least a part of the whole} A method that
     * learns from both kinds of examples needs some of each in every batch.
     *
     * @param source a source, some of whose labels are missing
     * @param share the part, from 0 up to but not including 1
     * @throws IllegalArgumentException if no example has a label
     */
    public static DataSource share(DataSource source, double share) {
        Require.within("share of labelled examples", share, 0, Math.nextDown(1.0));
        boolean[] labeled = has(source);
        return repeat(source, indices(labeled), others(labeled), share);
    }

    /** Some examples, repeated to be at least a part of the whole, and others. */
    static DataSource repeat(DataSource source, int[] some, int[] others, double share) {
        double wanted = share / (1 - share) * others.length;
        int times = (int) Math.max(1, Math.ceil(wanted / some.length - 1e-9));
        IntStream repeated = IntStream.range(0, times).flatMap(t -> IntStream.of(some));
        return new SelectedSource(
                source, IntStream.concat(repeated, IntStream.of(others)).toArray());
    }

    /** Whether each example has a label of some task. */
    static boolean[] has(DataSource source) {
        boolean[] has = new boolean[source.size()];
        for (String task : source.tasks()) {
            float[][] labels = SourceLabels.rows(source, task);
            for (int i = 0; i < has.length; i++) {
                for (float label : labels[i]) {
                    has[i] |= !Float.isNaN(label);
                }
            }
        }
        if (IntStream.range(0, has.length).noneMatch(i -> has[i])) {
            throw new IllegalArgumentException(
                    "no example of input \"" + source.input() + "\" has a label; give some labels to start from");
        }
        return has;
    }

    static int[] others(boolean[] marked) {
        return IntStream.range(0, marked.length).filter(i -> !marked[i]).toArray();
    }

    static int[] indices(boolean[] marked) {
        return IntStream.range(0, marked.length).filter(i -> marked[i]).toArray();
    }
}
