package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.SourceBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The examples of one input in one partition. */
final class Rows {

    private final List<SourceBatch> parts;
    private final int[] ends;

    /**
     * Keeps examples. Those without time are laid side by side once; sequences stay apart, so that a batch is as long as its own
     * longest and no longer.
     */
    Rows(List<SourceBatch> parts) {
        boolean sideBySide =
                parts.size() > 1 && parts.stream().allMatch(part -> part.steps() == null && part.relations() == null);
        this.parts = sideBySide ? List.of(SourceBatch.join(parts)) : List.copyOf(parts);
        this.ends = new int[this.parts.size()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += this.parts.get(i).size();
            ends[i] = end;
        }
    }

    int size() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    /**
     * {@return some examples}
     *
     * @param numbers their numbers, at least one; the result has their order
     */
    SourceBatch select(int[] numbers) {
        if (parts.size() == 1) {
            return parts.get(0).select(numbers);
        }
        List<SourceBatch> chosen = new ArrayList<>();
        int[] places = new int[numbers.length];
        int found = 0;
        for (int part = 0; part < ends.length; part++) {
            int start = ends[part] - parts.get(part).size();
            int end = ends[part];
            int[] here = IntStream.range(0, numbers.length)
                    .filter(i -> numbers[i] >= start && numbers[i] < end)
                    .toArray();
            if (here.length > 0) {
                chosen.add(parts.get(part)
                        .select(IntStream.of(here).map(i -> numbers[i] - start).toArray()));
                for (int i : here) {
                    places[i] = found++;
                }
            }
        }
        return SourceBatch.join(chosen).select(places);
    }
}
