package io.mtl4j.nn.transfer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.JoinedSource;
import io.mtl4j.nn.data.SelectedSource;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A bounded sample of old examples, as many of each class as there are, to be learned again beside new ones. Examples may be
 * offered in batches as they come, in any order and number: a class that fills its share is sampled uniformly from all of its
 * examples that were offered, and gives way to rarer ones (A. Chrysakis and M.-F. Moens, "Online Continual Learning from
 * Imbalanced Data", ICML 2020, algorithm 1).
 *
 * <pre>{@code
 * RehearsalMemory memory = RehearsalMemory.of(digits, model.tasks().get(0), 200, 7);
 * Trainer.builder(larger).build().fit(MultiTaskData.of(memory.beside(clothes, 0.25)));
 * }</pre>
 *
 * <p>For tasks of one class for each example, {@code MULTI_CLASS} and {@code BINARY}, classes are balanced, and examples without
 * a label of the task are not kept. For tasks of other kinds the sample is uniform (J. Vitter, "Random Sampling with a
 * Reservoir", 1985, algorithm R, which is what the above is for one class). Examples are copied with the labels of all tasks; the
 * same offers and seed give the same memory. Not safe for offers by several threads at once, nor while a training reads it.
 */
public final class RehearsalMemory implements DataSource {

    private static final int BATCH = 256;
    private static final int NO_LABEL = -1;

    private final String input;
    private final Task task;
    private final int capacity;
    private final RandomGenerator random;
    private final Map<Integer, List<SourceBatch>> byClass = new TreeMap<>();
    private final Map<Integer, Long> seen = new TreeMap<>();
    private final Set<Integer> full = new TreeSet<>();

    /**
     * Makes an empty memory.
     *
     * @param input the name of the model input that the examples are for
     * @param task the task whose classes are balanced
     * @param capacity the most examples to keep, at least 1
     * @param seed from which the choice comes
     */
    public RehearsalMemory(String input, Task task, int capacity, long seed) {
        this.input = Objects.requireNonNull(input, "input");
        this.task = Objects.requireNonNull(task, "task");
        this.capacity = Require.atLeast("rehearsal memory: capacity", capacity, 1);
        this.random = new Seed(seed).generator();
    }

    /**
     * {@return a memory of a source}
     *
     * @param source the old examples
     * @param task the task whose classes are balanced
     * @param capacity the most examples to keep, at least 1
     * @param seed from which the choice comes
     * @throws IllegalArgumentException if no example has a label of the task
     */
    public static RehearsalMemory of(DataSource source, Task task, int capacity, long seed) {
        RehearsalMemory memory = new RehearsalMemory(source.input(), task, capacity, seed);
        RandomGenerator reading = new Seed(seed).child(1).generator();
        for (int from = 0; from < source.size(); from += BATCH) {
            memory.offer(source.batch(
                    IntStream.range(from, Math.min(source.size(), from + BATCH)).toArray(), reading));
        }
        if (memory.size() == 0) {
            throw new IllegalArgumentException("rehearsal memory: none of the " + source.size()
                    + " examples of input \"" + source.input() + "\" has a label of task \"" + task.name()
                    + "\"; give examples with labels of it");
        }
        return memory;
    }

    /**
     * Offers examples; the memory may keep some, and forget others for them.
     *
     * @param batch the examples with their labels
     */
    public void offer(SourceBatch batch) {
        int[] groups = groups(batch);
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] != NO_LABEL) {
                offer(batch, i, groups[i]);
            }
        }
    }

    /** The class of each example; 0 where classes are not balanced. */
    private int[] groups(SourceBatch batch) {
        int[] groups = new int[batch.size()];
        if (task.kind() != TaskKind.MULTI_CLASS && task.kind() != TaskKind.BINARY) {
            return groups;
        }
        INDArray labels = batch.labels().get(task.name());
        if (labels == null) {
            Arrays.fill(groups, NO_LABEL);
            return groups;
        }
        double[] rows = numbers(labels);
        double[] mask = numbers(batch.labelMasks().getOrDefault(task.name(), Nd4j.ones(groups.length)));
        for (int i = 0; i < groups.length; i++) {
            double[] row = Arrays.copyOfRange(
                    rows, i * (rows.length / groups.length), (i + 1) * (rows.length / groups.length));
            boolean labeled = mask[i * (mask.length / groups.length)] != 0 && !Double.isNaN(row[0]);
            groups[i] = labeled ? group(row) : NO_LABEL;
        }
        return groups;
    }

    private static double[] numbers(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    /** The class with the greatest probability, or the number of the class. */
    private static int group(double... row) {
        int largest = IntStream.range(0, row.length).reduce(0, (a, b) -> row[b] > row[a] ? b : a);
        return row.length > 1 ? largest : (int) Math.round(row[0]);
    }

    private void offer(SourceBatch batch, int example, int group) {
        long offered = seen.merge(group, 1L, Long::sum);
        List<SourceBatch> own = byClass.computeIfAbsent(group, g -> new ArrayList<>());
        if (size() < capacity) {
            own.add(batch.select(example));
        } else {
            int largest = byClass.values().stream().mapToInt(List::size).max().orElseThrow();
            byClass.forEach((g, kept) -> {
                if (kept.size() == largest) {
                    full.add(g);
                }
            });
            if (!full.contains(group)) {
                forgetOneOfALargest(largest);
                own.add(batch.select(example));
            } else if (random.nextLong(offered) < own.size()) {
                own.set(random.nextInt(own.size()), batch.select(example));
            }
        }
    }

    private void forgetOneOfALargest(int largest) {
        List<List<SourceBatch>> candidates =
                byClass.values().stream().filter(kept -> kept.size() == largest).toList();
        List<SourceBatch> chosen = candidates.get(random.nextInt(candidates.size()));
        chosen.remove(random.nextInt(largest));
    }

    /** {@return the number of examples kept of each class; of all, under 0, where classes are not balanced} */
    public Map<Integer, Integer> counts() {
        Map<Integer, Integer> counts = new TreeMap<>();
        byClass.forEach((group, kept) -> counts.put(group, kept.size()));
        return counts;
    }

    /**
     * {@return these examples and new ones as one source, these repeated so often that they are at least a part of the whole}
     * Tasks of which one of the two has no labels have none there.
     *
     * @param fresh the new examples, of the same input
     * @param share the part, from 0 up to but not including 1
     * @throws IllegalArgumentException if the inputs differ, this memory is empty, or the share asks for too many examples
     */
    public DataSource beside(DataSource fresh, double share) {
        Require.within("rehearsal memory: share", share, 0, Math.nextDown(1.0));
        int kept = size();
        if (kept == 0) {
            throw new IllegalArgumentException("rehearsal memory: it has no examples of input \"" + input
                    + "\" yet; offer it old examples with labels of task \"" + task.name() + "\" first");
        }
        double repeats = Math.ceil(share / (1 - share) * fresh.size() / kept - 1e-9);
        if (repeats * kept > Integer.MAX_VALUE - (double) fresh.size()) {
            throw new IllegalArgumentException("rehearsal memory: share = " + share + " of " + fresh.size()
                    + " new examples asks for more than an int of old ones; take a smaller share");
        }
        int times = (int) Math.max(1, repeats);
        int[] repeated = IntStream.range(0, times * kept).map(i -> i % kept).toArray();
        return JoinedSource.of(fresh, new SelectedSource(this, repeated));
    }

    @Override
    public String input() {
        return input;
    }

    @Override
    public int size() {
        return byClass.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public Set<String> tasks() {
        Set<String> tasks = new TreeSet<>();
        examples().forEach(example -> tasks.addAll(example.labels().keySet()));
        return tasks;
    }

    @Override
    public SourceBatch batch(int[] indices, RandomGenerator unused) {
        List<SourceBatch> examples = examples();
        return SourceBatch.join(IntStream.of(indices).mapToObj(examples::get).toList());
    }

    private List<SourceBatch> examples() {
        return byClass.values().stream().flatMap(List::stream).toList();
    }
}
