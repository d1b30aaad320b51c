package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Levels of experts, one on top of the other. Only those run whose output reaches a task that is wanted.
 *
 * @param levels lowest first
 */
record ExpertTrunk(List<Level> levels) implements Trunk {

    @Override
    public Shape representation(int task) {
        return levels.get(levels.size() - 1).outputShape();
    }

    @Override
    public INDArray[] forward(INDArray x, boolean[] tasks, Pass pass) {
        boolean[][] wanted = new boolean[levels.size()][];
        boolean[] needed = Arrays.copyOf(tasks, levels.get(levels.size() - 1).outputs());
        for (int i = levels.size() - 1; i >= 0; i--) {
            wanted[i] = needed;
            needed = levels.get(i).inputsFor(needed);
        }
        INDArray[] between = {x};
        for (int i = 0; i < wanted.length; i++) {
            between = levels.get(i).forward(between, wanted[i], pass);
        }
        return Arrays.copyOf(between, tasks.length);
    }

    @Override
    public List<SharingChoice> choices(Pass pass) {
        return levels.stream()
                .flatMap(level -> level.mixtures().stream())
                .flatMap(mixture -> mixture.choices(pass).stream())
                .toList();
    }

    @Override
    public INDArray backward(INDArray[] gradients, Pass pass) {
        INDArray[] between = GradientSums.of(
                        gradients, levels.get(levels.size() - 1).outputs())
                .all();
        for (int i = levels.size() - 1; i >= 0; i--) {
            between = levels.get(i).backward(between, pass);
        }
        return between[0];
    }
}
