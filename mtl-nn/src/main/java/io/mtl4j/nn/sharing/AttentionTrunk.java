package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A bound {@link TaskAttention}.
 *
 * @param encoder what all tasks share
 * @param tasks their names
 * @param readers by task: from the encoder's output to the task's representation
 */
record AttentionTrunk(Layer encoder, List<String> tasks, List<Layer> readers) implements Trunk {

    @Override
    public Shape representation(int task) {
        return readers.get(task).outputShape();
    }

    @Override
    public boolean assignsAllShared() {
        return true;
    }

    @Override
    public INDArray[] forward(INDArray x, boolean[] wanted, Pass pass) {
        INDArray context = ImageLayout.plain(encoder.forward(x, pass));
        INDArray[] results = new INDArray[wanted.length];
        for (int k = 0; k < wanted.length; k++) {
            results[k] = wanted[k] ? readers.get(k).forward(context, pass) : null;
        }
        return results;
    }

    @Override
    public INDArray backward(INDArray[] gradients, Pass pass) {
        GradientSums sum = new GradientSums(1);
        for (int k = 0; k < gradients.length; k++) {
            if (gradients[k] != null) {
                sum.add(0, readers.get(k).backward(gradients[k], pass));
            }
        }
        return encoder.backward(sum.all()[0], pass);
    }

    /** How much each task looks at each position, as the mean of its heads. */
    @Override
    public List<SharingChoice> choices(Pass pass) {
        List<SharingChoice> choices = new ArrayList<>();
        for (int k = 0; k < readers.size(); k++) {
            if (readers.get(k) instanceof TaskQuery query && query.weights(pass) != null) {
                INDArray weights = query.weights(pass).mean(1);
                List<String> positions = new ArrayList<>();
                for (long t = 0; t < weights.size(1); t++) {
                    positions.add("position " + t);
                }
                choices.add(new SharingChoice(tasks.get(k), positions, weights));
            }
        }
        return List.copyOf(choices);
    }
}
