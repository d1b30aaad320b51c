package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Nodes that read one another. Only those run that a wanted task reads, directly or through others.
 *
 * @param nodes each behind those that it reads; the first is the input
 * @param outputs the node that each task reads
 * @param shapes of the nodes' outputs
 * @param ran the tasks that were wanted
 */
record WiredTrunk(List<Node> nodes, List<Integer> outputs, List<Shape> shapes, Slot<boolean[]> ran) implements Trunk {

    @Override
    public Shape representation(int task) {
        return shapes.get(outputs.get(task));
    }

    /** Nodes of one name may reach all tasks together, and still none of them all. */
    @Override
    public boolean assignsAllShared() {
        return nodes.stream().noneMatch(Node::sharedBySome);
    }

    @Override
    public INDArray[] forward(INDArray x, boolean[] tasks, Pass pass) {
        pass.save(ran, tasks.clone());
        INDArray[] values = new INDArray[nodes.size()];
        INDArray[] plain = new INDArray[nodes.size()];
        values[Wiring.INPUT] = x;
        for (int i = 1; i < values.length; i++) {
            Node node = nodes.get(i);
            if (node.serves(tasks)) {
                INDArray[] xs = new INDArray[node.sources().size()];
                for (int j = 0; j < xs.length; j++) {
                    int source = node.sources().get(j);
                    xs[j] = node.join().takesBlocks() ? values[source] : plain(values, plain, source);
                }
                values[i] = node.join().forward(xs, pass);
            }
        }
        INDArray[] byTask = new INDArray[tasks.length];
        for (int k = 0; k < tasks.length; k++) {
            byTask[k] = tasks[k] ? plain(values, plain, outputs.get(k)) : null;
        }
        return byTask;
    }

    private static INDArray plain(INDArray[] values, INDArray[] plain, int at) {
        if (plain[at] == null) {
            plain[at] = ImageLayout.plain(values[at]);
        }
        return plain[at];
    }

    @Override
    public INDArray backward(INDArray[] gradients, Pass pass) {
        GradientSums sums = new GradientSums(nodes.size());
        for (int k = 0; k < gradients.length; k++) {
            sums.addAsItIs(outputs.get(k), gradients[k]);
        }
        Set<String> done = new HashSet<>();
        for (int i = nodes.size() - 1; i > 0; i--) {
            Node node = nodes.get(i);
            INDArray gradient = sums.all()[i];
            if (gradient != null && node.live()) {
                INDArray[] back = backward(node, gradient, done.add(node.name()), pass);
                for (int j = 0; j < back.length; j++) {
                    int source = node.sources().get(j);
                    if (nodes.get(source).live()) {
                        sums.addAsItIs(source, back[j]);
                    }
                }
            }
        }
        return sums.all()[Wiring.INPUT];
    }

    /** Where a node of the same name ran before, what it gave the parameters comes on top. */
    private static INDArray[] backward(Node node, INDArray gradient, boolean first, Pass pass) {
        INDArray fitting = node.join().takesBlocks() ? gradient : ImageLayout.plain(gradient);
        List<INDArray> before = new ArrayList<>();
        if (!first) {
            node.parameters().forEach(p -> before.add(pass.gradient(p).dup()));
        }
        INDArray[] back = node.join().backward(fitting, pass);
        for (int i = 0; i < before.size(); i++) {
            pass.gradient(node.parameters().get(i)).addi(before.get(i));
        }
        return back;
    }

    @Override
    public List<SharingChoice> choices(Pass pass) {
        boolean[] tasks = pass.load(ran);
        return nodes.stream()
                .skip(1)
                .filter(node -> node.serves(tasks))
                .flatMap(node -> node.join().choices(pass).stream())
                .toList();
    }
}
