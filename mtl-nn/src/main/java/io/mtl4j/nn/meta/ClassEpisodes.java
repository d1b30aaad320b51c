package io.mtl4j.nn.meta;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * N-way k-shot episodes: a few classes of a data set, drawn at random and numbered anew from 0 in the order of the draw, with k
 * examples of each to adapt to and others to be judged by. Labels of other tasks stay as they are.
 *
 * <pre>{@code
 * EpisodeSource episodes = ClassEpisodes.of(pictures, "character", classes).ways(5).shots(1).queries(15);
 * }</pre>
 */
public final class ClassEpisodes implements EpisodeSource {

    private final DataSource source;
    private final String task;
    private final List<int[]> byClass;
    private final int ways;
    private final int shots;
    private final int queries;

    private ClassEpisodes(DataSource source, String task, List<int[]> byClass, int ways, int shots, int queries) {
        this.source = source;
        this.task = task;
        this.byClass = byClass;
        this.ways = Require.atLeast("class episodes: ways", ways, 2);
        this.shots = Require.atLeast("class episodes: shots", shots, 1);
        this.queries = Require.atLeast("class episodes: queries", queries, 1);
    }

    /**
     * {@return episodes of 5 classes, 1 example of each to adapt to and 15 to judge}
     *
     * @param source the examples
     * @param task the name of the task that tells the classes of an episode apart; its head has as many classes as an episode
     * @param classes the class of each example, in any numbering; negative where it is not to be used
     * @throws IllegalArgumentException if there is not one class for each example
     */
    public static ClassEpisodes of(DataSource source, String task, int... classes) {
        Objects.requireNonNull(task, "task");
        if (classes.length != source.size()) {
            throw new IllegalArgumentException("class episodes of input \"" + source.input() + "\": " + classes.length
                    + " classes for " + source.size() + " examples; give one for each example");
        }
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] >= 0) {
                members.computeIfAbsent(classes[i], c -> new ArrayList<>()).add(i);
            }
        }
        List<int[]> byClass = members.values().stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toList();
        return new ClassEpisodes(source, task, byClass, 5, 1, 15);
    }

    /**
     * {@return this with another number of classes in an episode}
     *
     * @param value at least 2
     */
    public ClassEpisodes ways(int value) {
        return new ClassEpisodes(source, task, byClass, value, shots, queries);
    }

    /**
     * {@return this with another number of examples of a class to adapt to}
     *
     * @param value at least 1
     */
    public ClassEpisodes shots(int value) {
        return new ClassEpisodes(source, task, byClass, ways, value, queries);
    }

    /**
     * {@return this with another number of examples of a class to judge by}
     *
     * @param value at least 1
     */
    public ClassEpisodes queries(int value) {
        return new ClassEpisodes(source, task, byClass, ways, shots, value);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the data have too few classes with enough examples
     */
    @Override
    public Episode draw(RandomGenerator random) {
        List<int[]> eligible = new ArrayList<>(byClass.stream()
                .filter(members -> members.length >= shots + queries)
                .toList());
        if (eligible.size() < ways) {
            throw new IllegalStateException("class episodes of task \"" + task + "\": " + eligible.size() + " of "
                    + byClass.size() + " classes have the " + (shots + queries)
                    + " examples that an episode needs, and it"
                    + " needs " + ways + " such classes; lower ways, shots or queries, or give more data");
        }
        int[] support = new int[ways * shots];
        int[] query = new int[ways * queries];
        for (int way = 0; way < ways; way++) {
            int[] members = eligible.remove(random.nextInt(eligible.size()));
            int[] drawn = sample(members, shots + queries, random);
            System.arraycopy(drawn, 0, support, way * shots, shots);
            System.arraycopy(drawn, shots, query, way * queries, queries);
        }
        return new Episode(batch(support, shots, random), batch(query, queries, random));
    }

    /** Some of the members without repetition: the first places of a Fisher-Yates shuffle. */
    private static int[] sample(int[] members, int count, RandomGenerator random) {
        int[] all = members.clone();
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i, all.length);
            drawn[i] = all[other];
            all[other] = all[i];
        }
        return drawn;
    }

    private MultiTaskBatch batch(int[] indices, int ofEach, RandomGenerator random) {
        SourceBatch examples = source.batch(indices, random);
        float[] numbers = new float[indices.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.floorDiv(i, ofEach);
        }
        Map<String, INDArray> labels = new HashMap<>(examples.labels());
        labels.put(task, Nd4j.createFromArray(numbers));
        Map<String, INDArray> masks = new HashMap<>(examples.labelMasks());
        masks.remove(task);
        return new MultiTaskBatch(Map.of(source.input(), examples.withLabels(labels, masks)));
    }
}
