package io.mtl4j.nn.train;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.Network;
import io.mtl4j.step.Lookahead;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A virtual step of gradient descent, the held-out gradient there, and the tasks' losses on either side along it. The
 * network is left exactly as it was: parameters and buffers are put back from copies.
 *
 * <p>The step of the difference is {@code ε = 0.01 / |v|}, as in DARTS (Liu et al., ICLR 2019, section 2.3) and Auto-Lambda.
 */
final class FiniteDifferenceLookahead implements Lookahead {

    private static final double RELATIVE_STEP = 0.01;

    private final Network network;
    private final Gradients gradients;
    private final BatchPass current;
    private final MultiTaskBatch training;
    private final MultiTaskBatch heldOut;
    private final Seed seed;
    private final double rate;

    /**
     * Makes a look-ahead of one step.
     *
     * @param current the training batch, run forward with {@code seed}
     * @param rate the learning rate α of the virtual step
     */
    FiniteDifferenceLookahead(
            Network network,
            Gradients gradients,
            BatchPass current,
            MultiTaskBatch training,
            MultiTaskBatch heldOut,
            Seed seed,
            double rate) {
        this.network = network;
        this.gradients = gradients;
        this.current = current;
        this.training = training;
        this.heldOut = heldOut;
        this.seed = seed;
        this.rate = rate;
    }

    @Override
    public double[] hypergradient(double[] weights, double[] priorities) {
        INDArray parameters = network.store().flat();
        INDArray saved = parameters.dup();
        List<INDArray> buffers = new ArrayList<>();
        for (int i = 0; i < network.architecture().inputs().size(); i++) {
            buffers.add(network.store().flatBuffers(i).dup());
        }
        try {
            return hypergradient(weights, priorities, saved);
        } finally {
            parameters.assign(saved);
            for (int i = 0; i < buffers.size(); i++) {
                network.store().flatBuffers(i).assign(buffers.get(i));
            }
        }
    }

    private double[] hypergradient(double[] weights, double[] priorities, INDArray saved) {
        INDArray parameters = network.store().flat();
        current.weightedGradient(weights, gradients);
        parameters.subi(gradients.flat().mul(rate));
        network.forward(heldOut, seed).weightedGradient(priorities, gradients);
        INDArray direction = gradients.flat();
        double norm = direction.norm2Number().doubleValue();
        double[] result = new double[weights.length];
        if (norm != 0) { // NaN goes on into the result, where the method refuses it
            double epsilon = RELATIVE_STEP / norm;
            double[] up = lossesAt(saved, direction, epsilon);
            double[] down = lossesAt(saved, direction, -epsilon);
            for (int k = 0; k < result.length; k++) {
                result[k] = current.present(k) ? -rate * (up[k] - down[k]) / (2 * epsilon) : 0;
            }
        }
        return result;
    }

    private double[] lossesAt(INDArray origin, INDArray direction, double distance) {
        network.store().flat().assign(origin).addi(direction.mul(distance));
        return network.forward(training, seed).losses();
    }
}
