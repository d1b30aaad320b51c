package io.mtl4j.nn.train;

import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.model.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parts of the flat vector of parameters whose updates are not applied as they are.
 *
 * @param ranges in the order of the vector; where there are none, all updates are applied as they are
 */
record UpdateRanges(List<Range> ranges) {

    /** Elements whose update is multiplied; by 0: they keep their values, and the optimiser's memory of them stays. */
    record Range(long from, long to, double factor) {

        INDArray in(INDArray vector) {
            return vector.get(NDArrayIndex.interval(from, to));
        }
    }

    static UpdateRanges of(ParameterLayout layout, ToDoubleFunction<Parameter> factors) {
        List<Range> found = new ArrayList<>();
        for (Parameter p : layout.ordered()) {
            double factor = p.trained() ? factors.applyAsDouble(p) : 1;
            if (factor != 1) {
                long from = layout.offset(p);
                append(found, new Range(from, from + p.length(), factor));
            }
        }
        return new UpdateRanges(List.copyOf(found));
    }

    private static void append(List<Range> found, Range next) {
        Range last = found.isEmpty() ? null : found.get(found.size() - 1);
        if (last != null && last.to == next.from && last.factor == next.factor) {
            found.set(found.size() - 1, new Range(last.from, next.to, last.factor));
        } else {
            found.add(next);
        }
    }

    /** Sets the gradients of what keeps its values to 0, so that they count nowhere. */
    void clear(INDArray gradient) {
        for (Range range : ranges) {
            if (range.factor == 0) {
                range.in(gradient).assign(0);
            }
        }
    }

    /** Runs an optimiser's update and takes back, in part or wholly, what it did in the ranges. */
    void update(Optimizer.Run optimizer, INDArray parameters, INDArray gradient, double rate, long step) {
        List<INDArray> before = new ArrayList<>();
        List<INDArray> memory = new ArrayList<>();
        for (Range range : ranges) {
            before.add(range.in(parameters).dup());
            memory.addAll(memoryOf(range, optimizer.state(), parameters.length()).stream()
                    .map(INDArray::dup)
                    .toList());
        }
        optimizer.update(parameters, gradient, rate, step);
        int next = 0;
        for (int i = 0; i < ranges.size(); i++) {
            Range range = ranges.get(i);
            INDArray now = range.in(parameters);
            now.subi(before.get(i)).muli(range.factor).addi(before.get(i));
            for (INDArray part : memoryOf(range, optimizer.state(), parameters.length())) {
                part.assign(memory.get(next++));
            }
        }
    }

    /** Optimisers remember one or more vectors as long as that of the parameters, one after the other. */
    private static List<INDArray> memoryOf(Range range, INDArray state, long length) {
        List<INDArray> parts = new ArrayList<>();
        if (range.factor == 0 && !state.isEmpty()) {
            INDArray flat = state.reshape(state.length());
            for (long at = 0; at + length <= flat.length(); at += length) {
                parts.add(flat.get(NDArrayIndex.interval(at + range.from, at + range.to)));
            }
        }
        return parts;
    }
}
