package io.mtl4j.nn.layer;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The convolutions of {@link CharacterWords}: words to {@code [words, features]}, the features of all filters side by side.
 *
 * @param table the characters' vectors {@code E [characters, dimensions]}; row 0 counts as 0
 * @param filters the filters, bound
 * @param features number of features of all filters
 * @param kept what backward needs of each filter
 */
record CharacterFilters(Parameter table, List<Bound> filters, int features, Slot<List<CharacterFilters.Trace>> kept) {

    /**
     * A filter.
     *
     * @param width number of characters that it sees at once
     * @param from the number of its first feature among all
     * @param weight {@code W [width * dimensions, count]}
     * @param bias {@code b [count]}
     */
    record Bound(int width, int from, Parameter weight, Parameter bias) {

        int count() {
            return (int) bias.length();
        }
    }

    /**
     * What backward needs of a filter.
     *
     * @param ids the characters of all windows
     * @param windows their vectors {@code [windows, width * dimensions]}
     * @param largest for each word and feature the window whose value was largest; -1 if that was not above 0
     */
    record Trace(int[] ids, INDArray windows, int[] largest) {}

    static CharacterFilters bind(CharacterWords spec, Binder binder) {
        int dimensions = spec.characterDimensions();
        Parameter table = binder.weight(
                "E", Initializer.STANDARD_NORMAL, spec.characters(), dimensions, spec.characters(), dimensions);
        List<Bound> bound = new ArrayList<>();
        int features = 0;
        for (CharacterWords.Filter filter : spec.filters()) {
            String number = String.valueOf(bound.size());
            long inputs = (long) filter.width() * dimensions;
            bound.add(new Bound(
                    filter.width(),
                    features,
                    binder.weight(
                            "W" + number, Initializer.GLOROT_UNIFORM, inputs, filter.count(), inputs, filter.count()),
                    binder.bias("b" + number, Initializer.ZEROS, filter.count())));
            features += filter.count();
        }
        return new CharacterFilters(table, List.copyOf(bound), features, binder.slot());
    }

    /**
     * {@return the features {@code [words, features]}}
     *
     * @param words the characters of each word
     * @param type data type of the features
     * @param pass the pass
     */
    INDArray forward(List<int[]> words, DataType type, Pass pass) {
        double[] all = new double[words.size() * features];
        List<Trace> traces = new ArrayList<>();
        for (Bound filter : filters) {
            int[] ids = windows(words, filter.width);
            INDArray rows = Rows.take(pass.value(table), ids);
            rows.muliColumnVector(Rows.differing(ids, 0, type));
            INDArray windows = rows.reshape('c', ids.length / filter.width, filter.width * rows.size(1));
            INDArray z = Nd4j.createUninitialized(type, windows.size(0), filter.count());
            MatMul.affine(windows, pass.value(filter.weight), pass.value(filter.bias), z);
            int[] largest = largest(z.dup('c').data().asDouble(), words, filter, all);
            traces.add(new Trace(ids, windows, largest));
        }
        pass.save(kept, List.copyOf(traces));
        return Nd4j.createFromArray(all).castTo(type).reshape('c', words.size(), features);
    }

    /** Number of windows of a word. */
    private static int windows(int[] word, int width) {
        return Math.max(1, word.length - width + 1);
    }

    /** The characters of all windows of all words, 0 behind the end of a word. */
    private static int[] windows(List<int[]> words, int width) {
        int count = words.stream().mapToInt(word -> windows(word, width)).sum();
        int[] ids = new int[count * width];
        int at = 0;
        for (int[] word : words) {
            for (int p = 0; p < windows(word, width); p++) {
                System.arraycopy(word, p, ids, at, Math.min(width, word.length - p));
                at += width;
            }
        }
        return ids;
    }

    /** Writes relu(max) of each word to all features, and tells which windows they come from. */
    private int[] largest(double[] z, List<int[]> words, Bound filter, double[] all) {
        int count = filter.count();
        int[] largest = new int[words.size() * count];
        int first = 0;
        for (int w = 0; w < words.size(); w++) {
            int end = first + windows(words.get(w), filter.width);
            for (int f = 0; f < count; f++) {
                int best = first;
                for (int row = first + 1; row < end; row++) {
                    best = z[row * count + f] > z[best * count + f] ? row : best;
                }
                double value = z[best * count + f];
                largest[w * count + f] = value > 0 ? best : -1;
                all[w * features + filter.from + f] = Math.max(0, value);
            }
            first = end;
        }
        return largest;
    }

    /**
     * Assigns the parameters' gradients.
     *
     * @param gradient with respect to the features {@code [words, features]}
     * @param pass the pass
     */
    void backward(INDArray gradient, Pass pass) {
        double[] g = gradient.dup('c').data().asDouble();
        List<Trace> traces = pass.load(kept);
        double[] vectors = new double[(int) table.length()];
        for (int i = 0; i < filters.size(); i++) {
            Bound filter = filters.get(i);
            Trace t = traces.get(i);
            double[] bias = new double[filter.count()];
            INDArray dz = spread(g, t, filter, bias, gradient.dataType());
            assign(bias, pass.gradient(filter.bias));
            MatMul.into(t.windows, true, dz, false, pass.gradient(filter.weight));
            INDArray rows = Nd4j.createUninitialized(dz.dataType(), t.windows.shape());
            MatMul.into(dz, false, pass.value(filter.weight), true, rows);
            addRows(rows.dup('c').data().asDouble(), t.ids, vectors);
        }
        assign(vectors, pass.gradient(table));
    }

    /** Adds the gradients of the windows' characters to those of the table; those of row 0 are left out. */
    private static void addRows(double[] rows, int[] ids, double[] vectors) {
        int dimensions = rows.length / ids.length;
        for (int i = 0; i < ids.length; i++) {
            for (int d = 0; ids[i] != 0 && d < dimensions; d++) {
                vectors[ids[i] * dimensions + d] += rows[i * dimensions + d];
            }
        }
    }

    private static void assign(double[] values, INDArray target) {
        target.assign(Nd4j.createFromArray(values).castTo(target.dataType()).reshape('c', target.shape()));
    }

    /** The gradient with respect to the values of all windows, 0 where a value was not the largest; adds up the bias's. */
    private INDArray spread(double[] g, Trace t, Bound filter, double[] bias, DataType type) {
        int count = filter.count();
        double[] dz = new double[(int) t.windows.size(0) * count];
        for (int k = 0; k < t.largest.length; k++) {
            if (t.largest[k] >= 0) {
                double slope = g[k / count * features + filter.from + k % count];
                dz[t.largest[k] * count + k % count] = slope;
                bias[k % count] += slope;
            }
        }
        return Nd4j.createFromArray(dz).castTo(type).reshape('c', t.windows.size(0), count);
    }
}
