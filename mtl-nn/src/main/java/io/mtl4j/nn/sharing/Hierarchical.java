package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Hierarchical sharing: tasks read the encoder at different depths, simple ones lower than hard ones, so that the stages above
 * serve only those that need them (Søgaard and Goldberg, "Deep multi-task learning with low level tasks supervised at lower
 * layers", ACL 2016).
 *
 * <pre>{@code
 * Sharings.hierarchical().tap("tags", 1).feed("tags", "intent")
 * }</pre>
 *
 * <p>A tap says behind which of the encoder's {@linkplain Encoder#stages stages} a task reads it; the others read the last. A
 * feed lets a high task read, beside its own features, those of a low task, which then has a layer of its own for both: {@code
 * branch = relu(W x + b)} with as many features as x, for pictures by a convolution of 1 x 1. Where the two read stages of
 * different shapes, the branch is brought to the high task's places: sequences by the mean of their steps, pictures by a
 * convolution and pooling, all else by a dense layer. A low task may itself be fed.
 *
 * <p>Feeds follow Sanh et al., "A Hierarchical Multi-Task Approach for Learning Embeddings from Semantic Tasks", AAAI 2019,
 * and Hashimoto et al., "A Joint Many-Task Model", EMNLP 2017. Deviations: what is fed is the low task's features, not its
 * predicted labels nor the words again, and it is fed to the representation of the high task, not to a recurrent layer of its
 * own.
 *
 * <p>A parameter belongs to a task if no other task's representation depends on it, such as those of stages that one task
 * alone reads.
 *
 * @param taps where tasks read the encoder
 * @param feeds which tasks read others
 */
public record Hierarchical(List<Tap> taps, List<Feed> feeds) implements Sharing {

    /**
     * Where a task reads the encoder.
     *
     * @param task the task
     * @param depth the number of stages below, at least 1
     */
    public record Tap(String task, int depth) {

        /** Checks the values. */
        public Tap {
            Objects.requireNonNull(task, "task");
            Require.atLeast("hierarchical: depth of task \"" + task + "\"", depth, 1);
        }
    }

    /**
     * A task that reads another's features.
     *
     * @param low whose features are read
     * @param high who reads them
     */
    public record Feed(String low, String high) {

        /** Checks that nothing is missing. */
        public Feed {
            Objects.requireNonNull(low, "low");
            Objects.requireNonNull(high, "high");
        }
    }

    /** Copies the lists and checks that no task is named twice and none feeds itself. */
    public Hierarchical {
        taps = List.copyOf(taps);
        feeds = List.copyOf(feeds);
        if (taps.stream().map(Tap::task).distinct().count() < taps.size()) {
            throw new IllegalStateException("hierarchical: taps " + taps + "; a task has one depth");
        }
        if (feeds.stream().distinct().count() < feeds.size()) {
            throw new IllegalStateException("hierarchical: feeds " + feeds + "; say each once");
        }
    }

    /**
     * {@return this hierarchy with a task that reads the encoder below its last stage}
     *
     * @param task the task
     * @param depth the number of stages below, at least 1 and at most those of the encoder
     */
    public Hierarchical tap(String task, int depth) {
        List<Tap> more = new ArrayList<>(taps);
        more.add(new Tap(task, depth));
        return new Hierarchical(more, feeds);
    }

    /**
     * {@return this hierarchy with a task that reads another's features beside its own}
     *
     * @param low whose features are read
     * @param high who reads them
     */
    public Hierarchical feed(String low, String high) {
        List<Feed> more = new ArrayList<>(feeds);
        more.add(new Feed(low, high));
        return new Hierarchical(taps, more);
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        return new HierarchyPlan(this, encoder.stages(input), tasks).bind(input, binder);
    }
}
