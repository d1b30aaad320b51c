package io.mtl4j.nn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Puts batches of one input into one: shorter sequences and smaller graphs are filled up, missing labels become NaN. */
final class BatchJoin {

    private final List<SourceBatch> parts;

    BatchJoin(List<SourceBatch> parts) {
        this.parts = parts;
    }

    SourceBatch join() {
        Map<String, INDArray> labels = new HashMap<>();
        TreeSet<String> tasks = new TreeSet<>();
        parts.forEach(part -> tasks.addAll(part.labels().keySet()));
        tasks.forEach(task -> labels.put(task, labels(task)));
        List<INDArray> features = parts.stream().map(SourceBatch::features).toList();
        requireOneWidth(features);
        return new SourceBatch(stack("features", features, 0), steps(), relations(), labels, Map.of());
    }

    /** Where sequences are filled up, the mask tells; parts without a mask are real throughout. */
    private INDArray steps() {
        if (parts.stream().allMatch(part -> part.steps() == null)) {
            requireOneLength();
            return null;
        }
        return stack(
                "steps",
                parts.stream()
                        .map(part -> part.steps() != null
                                ? part.steps()
                                : Nd4j.ones(DataType.FLOAT, part.size(), time(part)))
                        .toList(),
                0);
    }

    private void requireOneLength() {
        INDArray first = parts.get(0).features();
        for (SourceBatch part : parts) {
            if (time(part) != time(parts.get(0))) {
                throw differ("features without a mask of steps", first, part.features());
            }
        }
    }

    /** Only the second dimension, of steps or nodes, is filled up. */
    private static void requireOneWidth(List<INDArray> features) {
        INDArray first = features.get(0);
        for (INDArray each : features) {
            if (each.rank() == first.rank()
                    && first.rank() > 2
                    && !Arrays.equals(each.shape(), 2, each.rank(), first.shape(), 2, first.rank())) {
                throw differ("features", first, each);
            }
        }
    }

    private static long time(SourceBatch part) {
        return part.features().rank() > 1 ? part.features().size(1) : 1;
    }

    private INDArray relations() {
        long with = parts.stream().filter(part -> part.relations() != null).count();
        if (with != 0 && with != parts.size()) {
            throw new IllegalArgumentException("joined batches: " + with + " of " + parts.size()
                    + " have relations; join examples that all have them, or none");
        }
        List<INDArray> all = parts.stream().map(SourceBatch::relations).toList();
        return with == 0 ? null : stack("relations", all, 0);
    }

    private INDArray labels(String task) {
        List<INDArray> there = new ArrayList<>();
        for (SourceBatch part : parts) {
            INDArray labels = part.labels().get(task);
            INDArray mask = part.labelMasks().get(task);
            there.add(labels == null || mask == null ? labels : masked(labels, mask));
        }
        long[] largest = there.stream()
                .filter(Objects::nonNull)
                .map(INDArray::shape)
                .max((a, b) ->
                        a.length == b.length ? Arrays.compare(a, 1, a.length, b, 1, b.length) : a.length - b.length)
                .orElseThrow();
        for (int i = 0; i < parts.size(); i++) {
            there.set(i, there.get(i) == null ? missing(largest, parts.get(i).size()) : alike(there.get(i), largest));
        }
        return stack("labels of task \"" + task + '"', there, Double.NaN);
    }

    private static INDArray masked(INDArray labels, INDArray mask) {
        double[] values = labels.dup('c').data().asDouble();
        double[] there = mask.dup('c').data().asDouble();
        for (int i = 0; i < values.length; i++) {
            values[i] = there[i / (values.length / there.length)] == 0 ? Double.NaN : values[i];
        }
        DataType type = labels.dataType().isFPType() ? labels.dataType() : DataType.FLOAT;
        return Nd4j.createFromArray(values).castTo(type).reshape('c', labels.shape());
    }

    private static INDArray missing(long[] like, long rows) {
        long[] shape = like.clone();
        shape[0] = rows;
        return Nd4j.valueArrayOf(shape, Double.NaN, DataType.FLOAT);
    }

    /** Class numbers become rows of probabilities where others are; one number becomes a row of one. */
    private static INDArray alike(INDArray labels, long[] largest) {
        if (labels.rank() != largest.length - 1) {
            return labels;
        }
        long width = largest[largest.length - 1];
        long[] shape = LongStream.concat(LongStream.of(labels.shape()), LongStream.of(width))
                .toArray();
        INDArray flat = labels.dup('c').reshape(labels.length());
        if (width == 1) {
            return flat.reshape('c', shape);
        }
        INDArray rows = Nd4j.zeros(DataType.FLOAT, labels.length(), width);
        for (long i = 0; i < flat.length(); i++) {
            double number = flat.getDouble(i);
            if (!Double.isNaN(number) && (number < 0 || number >= width)) {
                throw new IllegalArgumentException("joined batches: class " + (long) number
                        + " where others have the probabilities of " + width + " classes; it must be below that");
            }
            if (Double.isNaN(number)) {
                rows.getRow(i).assign(Double.NaN);
            } else {
                rows.putScalar(i, (long) number, 1);
            }
        }
        return rows.reshape('c', shape);
    }

    /** One after the other, filled up to the largest. */
    private static INDArray stack(String what, List<INDArray> arrays, double filler) {
        INDArray first = arrays.get(0);
        long[] shape = first.shape().clone();
        shape[0] = 0;
        for (INDArray array : arrays) {
            if (array.rank() != shape.length) {
                throw differ(what, first, array);
            }
            shape[0] += array.size(0);
            for (int d = 1; d < shape.length; d++) {
                shape[d] = Math.max(shape[d], array.size(d));
            }
        }
        INDArray all = Nd4j.valueArrayOf(shape, filler, type(arrays, filler));
        long from = 0;
        for (INDArray array : arrays) {
            INDArrayIndex[] at = new INDArrayIndex[shape.length];
            at[0] = NDArrayIndex.interval(from, from + array.size(0));
            for (int d = 1; d < at.length; d++) {
                at[d] = NDArrayIndex.interval(0, array.size(d));
            }
            all.get(at).assign(array);
            from += array.size(0);
        }
        return all;
    }

    /** The type of all, if there is one that can hold the filler; else one that can hold any of them. */
    private static DataType type(List<INDArray> arrays, double filler) {
        List<DataType> types =
                arrays.stream().map(INDArray::dataType).distinct().toList();
        if (types.size() == 1 && (types.get(0).isFPType() || !Double.isNaN(filler))) {
            return types.get(0);
        }
        return types.contains(DataType.DOUBLE) ? DataType.DOUBLE : DataType.FLOAT;
    }

    private static IllegalArgumentException differ(String what, INDArray one, INDArray two) {
        return new IllegalArgumentException("joined batches: " + what + " of shape " + Arrays.toString(one.shape())
                + " and " + Arrays.toString(two.shape()) + "; join examples of one input");
    }
}
