package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The mean of a memory's real steps, as a product with rows of weights {@code [batch, 1, time]}. */
record MemoryMean(Slot<INDArray> weights) {

    /** {@return {@code [batch, features]}; 0 for an example without real steps} */
    INDArray forward(Decoder.Memory memory, Pass pass) {
        INDArray steps = memory.steps();
        INDArray w = weights(memory);
        pass.save(weights, w);
        return MatMul.into(
                        w,
                        false,
                        steps,
                        false,
                        Nd4j.createUninitialized(steps.dataType(), steps.size(0), 1, steps.size(2)))
                .reshape('c', steps.size(0), steps.size(2));
    }

    private static INDArray weights(Decoder.Memory memory) {
        int batch = (int) memory.steps().size(0);
        int time = (int) memory.steps().size(1);
        double[] w = new double[batch * time];
        double[] real =
                memory.mask() == null ? null : memory.mask().dup('c').data().asDouble();
        for (int b = 0; b < batch; b++) {
            double count = 0;
            for (int t = b * time; t < (b + 1) * time; t++) {
                w[t] = real == null || real[t] != 0 ? 1 : 0;
                count += w[t];
            }
            for (int t = b * time; t < (b + 1) * time; t++) {
                w[t] /= Math.max(1, count);
            }
        }
        return Nd4j.createFromArray(w).castTo(memory.steps().dataType()).reshape('c', batch, 1, time);
    }

    /** {@return the gradient with respect to the steps, {@code [batch, time, features]}} */
    INDArray backward(INDArray gradient, Pass pass) {
        INDArray w = pass.load(weights);
        INDArray g = gradient.reshape('c', gradient.size(0), 1, gradient.size(1));
        return MatMul.into(w, true, g, false, Nd4j.createUninitialized(g.dataType(), g.size(0), w.size(2), g.size(2)));
    }
}
