package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How a {@link Hierarchical} trunk is put together. */
final class HierarchyPlan {

    private final Hierarchical sharing;
    private final List<LayerSpec> stages;
    private final List<String> tasks;
    private final Wiring wiring = new Wiring();
    private final List<Integer> shared = new ArrayList<>();
    private final Map<String, Integer> representations = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    /** A layer of a task, from features to as many. */
    private record Branch() implements LayerSpec {

        @Override
        public Layer bind(Shape input, Binder binder) {
            return Bridge.map(input, Features.count(input), Activation.RELU, false)
                    .bind(input, binder);
        }
    }

    HierarchyPlan(Hierarchical sharing, List<LayerSpec> stages, List<String> tasks) {
        this.sharing = sharing;
        this.stages = stages;
        this.tasks = tasks;
        requireTasks();
        requireDepths();
    }

    private void requireTasks() {
        Stream.concat(
                        sharing.taps().stream().map(Hierarchical.Tap::task),
                        sharing.feeds().stream().flatMap(feed -> Stream.of(feed.low(), feed.high())))
                .filter(name -> !tasks.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "hierarchical: no task \"" + name + "\"; the model's tasks are " + tasks);
                });
    }

    private void requireDepths() {
        for (Hierarchical.Tap tap : sharing.taps()) {
            if (tap.depth() > stages.size()) {
                throw new IllegalArgumentException("hierarchical: task \"" + tap.task() + "\" reads the encoder behind "
                        + tap.depth() + " stages, but it has " + stages.size()
                        + "; give a depth from 1 to that, or the encoder more layers");
            }
        }
        int deepest = tasks.stream().mapToInt(this::depth).max().orElseThrow();
        if (deepest < stages.size()) {
            throw new IllegalArgumentException("hierarchical: no task reads the encoder's last stage, the "
                    + stages.size() + "th, as the taps end at " + deepest
                    + "; leave a task without a tap, or give the encoder fewer layers");
        }
    }

    private int depth(String task) {
        return sharing.taps().stream()
                .filter(tap -> tap.task().equals(task))
                .mapToInt(Hierarchical.Tap::depth)
                .findFirst()
                .orElse(stages.size());
    }

    Trunk bind(Shape input, Binder binder) {
        int at = Wiring.INPUT;
        for (int i = 0; i < stages.size(); i++) {
            at = wiring.layer("stage" + i, stages.get(i), at);
            shared.add(at);
        }
        List<Integer> outputs = IntStream.range(0, tasks.size())
                .mapToObj(k -> representation(tasks.get(k)))
                .toList();
        return wiring.bind(input, outputs, binder);
    }

    /** The part that a task reads, put together when it is first asked for. */
    private int representation(String task) {
        if (representations.containsKey(task)) {
            return representations.get(task);
        }
        if (open.contains(task)) {
            throw new IllegalArgumentException("hierarchical: feeds " + sharing.feeds() + " go in a circle at task \""
                    + task + "\"; let low tasks feed high ones only");
        }
        open.push(task);
        int at = shared.get(depth(task) - 1);
        List<Integer> read = new ArrayList<>(List.of(at));
        sharing.feeds().stream()
                .filter(feed -> feed.high().equals(task))
                .forEach(feed -> read.add(representation(feed.low())));
        if (read.size() > 1) {
            at = wiring.join("task:" + task + ".fed", new Fusion(), read);
        }
        if (sharing.feeds().stream().anyMatch(feed -> feed.low().equals(task))) {
            at = wiring.layer("task:" + task + ".branch", new Branch(), at);
        }
        open.pop();
        representations.put(task, at);
        return at;
    }
}
