package io.mtl4j.nn.train;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.Network;
import io.mtl4j.step.Lookahead;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Virtual steps of gradient descent, and held-out gradients there. The network is left exactly as it was: parameters and
 * buffers are put back from copies.
 *
 * <p>Where derivatives of the held-out loss are differences of the tasks' losses on either side along its gradient, the step of
 * the difference is {@code ε = 0.01 / |v|}, as in DARTS (Liu et al., ICLR 2019, section 2.3) and Auto-Lambda.
 */
final class VirtualSteps implements Lookahead {

    private static final double RELATIVE_STEP = 0.01;

    private final Hypergradients kind;
    private final Network network;
    private final Gradients gradients;
    private final Supplier<Gradients> furtherGradients;
    private final BatchPass current;
    private final MultiTaskBatch training;
    private final MultiTaskBatch heldOut;
    private final Seed seed;
    private final double rate;

    /**
     * Makes a look-ahead of one step.
     *
     * @param kind how hypergradients are computed
     * @param gradients memory for a gradient
     * @param furtherGradients memory for the gradients of all tasks, the same at every call
     * @param current the training batch, run forward with {@code seed}
     * @param heldOut null if the method did not ask for held-out data
     * @param rate the learning rate α of the virtual step
     */
    VirtualSteps(
            Hypergradients kind,
            Network network,
            Gradients gradients,
            Supplier<Gradients> furtherGradients,
            BatchPass current,
            MultiTaskBatch training,
            MultiTaskBatch heldOut,
            Seed seed,
            double rate) {
        this.kind = kind;
        this.network = network;
        this.gradients = gradients;
        this.furtherGradients = furtherGradients;
        this.current = current;
        this.training = training;
        this.heldOut = heldOut;
        this.seed = seed;
        this.rate = rate;
    }

    @Override
    public double[] hypergradient(double[] weights, double[] priorities) {
        return hypergradients(weights, new double[][] {priorities})[0];
    }

    @Override
    public double[][] hypergradients(double[] weights, double[][] priorities) {
        requireHeldOut();
        return leavingNoTrace(saved -> kind == Hypergradients.EXACT
                ? exact(weights, priorities)
                : Arrays.stream(priorities)
                        .map(each -> differences(weights, each, saved))
                        .toArray(double[][]::new));
    }

    @Override
    public double[] lossesAfter(double[] weights, int steps) {
        return leavingNoTrace(saved -> {
            for (int i = 0; i < steps; i++) {
                stepOf(i == 0 ? current : network.forward(training, seed), weights);
            }
            return network.forward(training, seed).losses();
        });
    }

    @Override
    public double[] lossesAfterSharedStep(double[] weights) {
        long shared = network.store().layout().sharedLength();
        return leavingNoTrace(saved -> {
            current.weightedGradient(weights, gradients);
            INDArrayIndex range = NDArrayIndex.interval(0, shared);
            network.store().trained().get(range).subi(gradients.shared().mul(rate));
            return network.forward(training, seed).losses();
        });
    }

    @Override
    public double[][] heldOutProducts(double[] weights) {
        requireHeldOut();
        current.weightedGradient(weights, gradients);
        leavingNoTrace(saved -> {
            network.forward(heldOut, seed).jacobian(furtherGradients.get());
            return null;
        });
        return products(furtherGradients.get(), weights.length);
    }

    private double[][] products(Gradients each, int tasks) {
        double[] across = along(each);
        double[] own = each.ownProducts(each);
        double[][] among = DeviceJacobian.product(each.jacobian(), each.jacobian());
        double[][] products = new double[tasks + 1][];
        for (int k = 0; k < tasks; k++) {
            products[k] = Arrays.copyOf(among[k], tasks + 1);
            products[k][k] += own[k];
            products[k][tasks] = across[k];
        }
        products[tasks] = new double[tasks + 1];
        for (int k = 0; k < tasks; k++) {
            products[tasks][k] = products[k][tasks];
        }
        double norm = GradientNorm.of(gradients.flat());
        products[tasks][tasks] = norm * norm;
        return products;
    }

    /** The products of each task's gradient with the flat one. */
    private double[] along(Gradients each) {
        double[][] shared = DeviceJacobian.product(
                each.jacobian(),
                gradients.shared().reshape('c', 1, gradients.shared().length()));
        double[] products = each.ownProducts(gradients);
        for (int k = 0; k < products.length; k++) {
            products[k] += shared[k][0];
        }
        return products;
    }

    /**
     * Adds the gradient of weighted held-out losses, whose gradients are known from {@link #heldOutProducts}.
     *
     * @param weights {@code [K]}
     * @param to the gradient of the step
     */
    void addHeldOut(double[] weights, Gradients to) {
        to.addWeighted(weights, furtherGradients.get());
    }

    private void requireHeldOut() {
        if (heldOut == null) {
            throw new IllegalStateException(
                    "this look-ahead has no held-out data; the method must ask for Requirement.HELD_OUT");
        }
    }

    private <T> T leavingNoTrace(Function<INDArray, T> work) {
        INDArray parameters = network.store().trained();
        INDArray saved = parameters.dup();
        List<INDArray> buffers = network.store().copyBuffers();
        try {
            return work.apply(saved);
        } finally {
            parameters.assign(saved);
            network.store().assignBuffers(buffers);
        }
    }

    private void stepOf(BatchPass pass, double[] weights) {
        pass.weightedGradient(weights, gradients);
        network.store().trained().subi(gradients.flat().mul(rate));
    }

    private double[][] exact(double[] weights, double[][] priorities) {
        if (network.store().layout().sharedLength() == 0) {
            throw new IllegalStateException("exact hypergradients: the tasks share no parameters that train;"
                    + " use Hypergradients.FINITE_DIFFERENCES");
        }
        Gradients each = furtherGradients.get();
        current.jacobian(each);
        gradients.assignWeighted(weights, each);
        current.addPenaltyGradient(gradients);
        network.store().trained().subi(gradients.flat().mul(rate));
        BatchPass after = network.forward(heldOut, seed);
        double[][] result = new double[priorities.length][];
        for (int m = 0; m < result.length; m++) {
            after.weightedGradient(priorities[m], gradients);
            result[m] =
                    Arrays.stream(along(each)).map(product -> -rate * product).toArray();
        }
        return result;
    }

    private double[] differences(double[] weights, double[] priorities, INDArray saved) {
        network.store().trained().assign(saved);
        stepOf(current, weights);
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
        network.store().trained().assign(origin).addi(direction.mul(distance));
        return network.forward(training, seed).losses();
    }
}
