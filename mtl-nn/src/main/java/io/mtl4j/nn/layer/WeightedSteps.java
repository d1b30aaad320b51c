package io.mtl4j.nn.layer;

import io.mtl4j.nn.layer.SequencePool.Kind;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A {@link SequencePool} that is a weighted sum of the steps: {@code y_b = w_b X_b}, with weights {@code w_b [1, time]} that
 * depend on the mask only.
 */
record WeightedSteps(Kind kind, Shape outputShape, Slot<INDArray> weights, boolean needsGradient) implements Layer {

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        long batch = x.size(0);
        long time = x.size(1);
        double[] flags = flags(pass.mask(), (int) (batch * time));
        for (int b = 0; b < batch; b++) {
            weigh(flags, (int) (b * time), (int) ((b + 1) * time));
        }
        INDArray w = Alignment.column(flags, x.dataType()).reshape('c', batch, 1, time);
        pass.save(weights, w);
        INDArray y = Nd4j.createUninitialized(x.dataType(), batch, 1, x.size(2));
        return MatMul.into(w, false, x, false, y).reshape('c', batch, x.size(2));
    }

    private static double[] flags(INDArray mask, int length) {
        if (mask != null) {
            return mask.dup('c').data().asDouble();
        }
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Turns one example's flags of real steps into weights. */
    private void weigh(double[] flags, int from, int to) {
        int first = -1;
        int last = -1;
        int count = 0;
        for (int t = from; t < to; t++) {
            if (flags[t] != 0) {
                first = first < 0 ? t : first;
                last = t;
                count++;
            }
        }
        int chosen = kind == Kind.FIRST ? first : last;
        for (int t = from; t < to; t++) {
            flags[t] = switch (kind) {
                case SUM -> flags[t] == 0 ? 0 : 1;
                case MEAN -> flags[t] == 0 ? 0 : 1.0 / count;
                default -> t == chosen ? 1 : 0;
            };
        }
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        if (!needsGradient) {
            return null;
        }
        INDArray w = pass.load(weights);
        long batch = w.size(0);
        INDArray g = gradient.reshape('c', batch, 1, gradient.size(1));
        INDArray dx = Nd4j.createUninitialized(g.dataType(), batch, w.size(2), g.size(2));
        return MatMul.into(w.reshape('c', batch, w.size(2), 1), false, g, false, dx);
    }
}
