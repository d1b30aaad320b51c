package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A trunk put together from parts that read the trunk's input or earlier parts. Who owns the parameters of a part follows
 * from the tasks that it reaches: a task if it reaches that one alone, all otherwise. Parts of the same name are one part at
 * several places, with the same parameters.
 */
final class Wiring {

    /** The number of the trunk's input, which parts may read. */
    static final int INPUT = 0;

    private final List<Part> parts = new ArrayList<>();

    private record Part(String name, JoinSpec spec, List<Integer> sources) {}

    Wiring() {
        parts.add(new Part("", null, List.of()));
    }

    /** Adds a layer and tells its number. */
    int layer(String name, LayerSpec layer, int source) {
        return join(name, new LayerJoin(layer), List.of(source));
    }

    /** Adds a function of several arrays and tells its number. */
    int join(String name, JoinSpec spec, List<Integer> sources) {
        parts.add(new Part(name, spec, List.copyOf(sources)));
        return parts.size() - 1;
    }

    /**
     * Makes the trunk.
     *
     * @param outputs the part that each task reads, by task
     */
    WiredTrunk bind(Shape input, List<Integer> outputs, Binder binder) {
        boolean[][] reach = reach(outputs);
        boolean[] live = new boolean[parts.size()];
        live[INPUT] = binder.inputNeedsGradient();
        List<Node> nodes = new ArrayList<>();
        nodes.add(new Node("", null, List.of(), reach[INPUT], List.of(), live[INPUT]));
        List<Shape> shapes = new ArrayList<>(List.of(input));
        for (int i = 1; i < parts.size(); i++) {
            Part part = parts.get(i);
            int first = first(part.name);
            boolean needs = part.sources.stream().anyMatch(source -> live[source]);
            Binder scope =
                    binder.child(part.name).ownedBy(owner(part.name, reach)).dataInput(!needs);
            int before = binder.parameters().size();
            Join join =
                    part.spec.bind(part.sources.stream().map(shapes::get).toList(), first < i ? scope.again() : scope);
            List<Parameter> own = first < i
                    ? nodes.get(first).parameters()
                    : binder.parameters().subList(before, binder.parameters().size());
            live[i] = needs || own.stream().anyMatch(Parameter::trained) || binder.hasActivationPenalties();
            nodes.add(new Node(part.name, join, part.sources, reach[i], List.copyOf(own), live[i]));
            shapes.add(join.outputShape());
        }
        return new WiredTrunk(List.copyOf(nodes), List.copyOf(outputs), List.copyOf(shapes), binder.slot());
    }

    private int first(String name) {
        return IntStream.range(0, parts.size())
                .filter(i -> parts.get(i).name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** By part, the tasks that read it, directly or through others. */
    private boolean[][] reach(List<Integer> outputs) {
        boolean[][] reach = new boolean[parts.size()][outputs.size()];
        for (int k = 0; k < outputs.size(); k++) {
            reach[outputs.get(k)][k] = true;
        }
        for (int i = parts.size() - 1; i > 0; i--) {
            for (int source : parts.get(i).sources) {
                for (int k = 0; k < outputs.size(); k++) {
                    reach[source][k] |= reach[i][k];
                }
            }
        }
        return reach;
    }

    private int owner(String name, boolean[][] reach) {
        boolean[] tasks = new boolean[reach[0].length];
        for (int i = 0; i < reach.length; i++) {
            for (int k = 0; k < tasks.length && parts.get(i).name.equals(name); k++) {
                tasks[k] |= reach[i][k];
            }
        }
        int[] reached = IntStream.range(0, tasks.length).filter(k -> tasks[k]).toArray();
        return reached.length == 1 && tasks.length > 1 ? reached[0] : Parameter.SHARED;
    }
}
