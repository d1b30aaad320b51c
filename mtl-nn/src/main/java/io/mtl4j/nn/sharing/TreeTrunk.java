package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A bound {@link Tree}.
 *
 * @param nodes parents before their children
 * @param leaves by task: the number of the node that its head reads
 */
record TreeTrunk(List<TreeNode> nodes, List<Integer> leaves) implements Trunk {

    @Override
    public Shape representation(int task) {
        return nodes.get(leaves.get(task)).layer().outputShape();
    }

    @Override
    public INDArray[] forward(INDArray x, boolean[] tasks, Pass pass) {
        boolean[] running = new boolean[nodes.size()];
        for (int k = 0; k < tasks.length; k++) {
            running[leaves.get(k)] |= tasks[k];
        }
        for (int i = running.length - 1; i >= 0; i--) {
            if (running[i] && nodes.get(i).parent() >= 0) {
                running[nodes.get(i).parent()] = true;
            }
        }
        INDArray[] outputs = new INDArray[nodes.size()];
        for (int i = 0; i < outputs.length; i++) {
            TreeNode node = nodes.get(i);
            if (running[i]) {
                INDArray from = node.parent() < 0 ? x : outputs[node.parent()];
                outputs[i] = ImageLayout.plain(node.layer().forward(from, pass));
            }
        }
        INDArray[] results = new INDArray[tasks.length];
        for (int k = 0; k < tasks.length; k++) {
            results[k] = tasks[k] ? outputs[leaves.get(k)] : null;
        }
        return results;
    }

    @Override
    public INDArray backward(INDArray[] gradients, Pass pass) {
        GradientSums sums = new GradientSums(nodes.size());
        GradientSums ofInput = new GradientSums(1);
        for (int k = 0; k < gradients.length; k++) {
            sums.add(leaves.get(k), gradients[k]);
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            INDArray gradient = sums.all()[i];
            if (gradient != null) {
                TreeNode node = nodes.get(i);
                INDArray below = node.layer().backward(gradient, pass);
                if (node.parent() < 0) {
                    ofInput.add(0, below);
                } else {
                    sums.add(node.parent(), below);
                }
            }
        }
        return ofInput.all()[0];
    }
}
