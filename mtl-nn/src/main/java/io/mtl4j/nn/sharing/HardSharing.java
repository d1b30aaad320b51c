package io.mtl4j.nn.sharing;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Hard parameter sharing: all tasks read the one representation of the one encoder (Caruana, "Multitask Learning: A
 * Knowledge-Based Source of Inductive Bias", ICML 1993).
 */
public record HardSharing() implements Sharing {

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        return new Bound(encoder.bind(input, binder));
    }

    private record Bound(Layer encoder) implements Trunk {

        @Override
        public Shape representation(int task) {
            return encoder.outputShape();
        }

        @Override
        public boolean assignsAllShared() {
            return true;
        }

        @Override
        public INDArray[] forward(INDArray x, boolean[] tasks, Pass pass) {
            INDArray representation = encoder.forward(x, pass);
            INDArray[] byTask = new INDArray[tasks.length];
            for (int k = 0; k < tasks.length; k++) {
                byTask[k] = tasks[k] ? representation : null;
            }
            return byTask;
        }

        @Override
        public INDArray backward(INDArray[] gradients, Pass pass) {
            INDArray sum = null;
            boolean fresh = false;
            for (INDArray gradient : gradients) {
                if (gradient != null) {
                    sum = sum == null ? gradient : fresh ? sum.addi(gradient) : sum.add(gradient);
                    fresh = sum != gradient;
                }
            }
            return encoder.backward(sum, pass);
        }
    }
}
