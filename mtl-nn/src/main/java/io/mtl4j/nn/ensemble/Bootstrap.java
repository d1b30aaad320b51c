package io.mtl4j.nn.ensemble;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SelectedSource;
import io.mtl4j.nn.layer.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A bootstrap sample: from each source as many examples as it has, drawn with replacement, so that about 63 % of the examples
 * are in it, some several times (B. Efron, Annals of Statistics 1979; L. Breiman, "Bagging Predictors", Machine Learning
 * 1996).
 *
 * @param bag the examples that were drawn
 * @param outOfBag those that were not, for an honest estimate without a validation set; empty if every example was drawn
 */
public record Bootstrap(MultiTaskData bag, Optional<MultiTaskData> outOfBag) {

    /**
     * {@return a bootstrap sample}
     *
     * @param data from which to draw
     * @param seed of the draws
     */
    public static Bootstrap of(MultiTaskData data, long seed) {
        List<DataSource> drawn = new ArrayList<>();
        List<DataSource> left = new ArrayList<>();
        for (int s = 0; s < data.sources().size(); s++) {
            DataSource source = data.sources().get(s);
            int size = source.size();
            int[] indices =
                    new Seed(seed).child(s).generator().ints(size, 0, size).toArray();
            boolean[] in = new boolean[size];
            Arrays.stream(indices).forEach(i -> in[i] = true);
            int[] rest = IntStream.range(0, size).filter(i -> !in[i]).toArray();
            drawn.add(new SelectedSource(source, indices));
            if (rest.length > 0) {
                left.add(new SelectedSource(source, rest));
            }
        }
        return new Bootstrap(
                new MultiTaskData(drawn), left.isEmpty() ? Optional.empty() : Optional.of(new MultiTaskData(left)));
    }
}
