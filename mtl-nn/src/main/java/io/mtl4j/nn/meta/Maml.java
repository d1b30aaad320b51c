package io.mtl4j.nn.meta;

import io.mtl4j.nn.data.MultiTaskBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Model-agnostic meta-learning (C. Finn, P. Abbeel and S. Levine, ICML 2017, algorithm 2): initial parameters from which a few
 * steps on the support examples lead to a low loss on the query examples. With {@code θ_{j+1} = θ_j - α M ∇S(θ_j)} for the
 * support loss S, M selecting what adapts, the gradient of the query loss is
 *
 * <pre>{@code
 * dQ(θ_n)/dθ_0 = (I - α H_0 M) ... (I - α H_{n-1} M) ∇Q(θ_n)     H_j the second derivatives of S at θ_j
 * }</pre>
 *
 * <p>Of the whole, the first-order form keeps the last factor only (section 5.2 there), and takes n + 1 gradients an episode.
 * The exact form multiplies by the others from the right to the left, each by {@link InnerLoop#throughStep}: 3 n + 1 gradients,
 * and memory for n + 1 vectors of parameters. In single precision it is exact to about one part in a thousand, in double to one
 * in a million, where the activations are smooth; a kink of a ReLU that the difference straddles adds to that. Where a step
 * overshoots, α times a curvature being above 2, its factor is above 1 and the gradient grows with every step, so that such
 * episodes outweigh all others: lower the rate, or take the first-order form.
 *
 * @param exact whether second derivatives count
 */
public record Maml(boolean exact) implements MetaMethod {

    /** {@return the method with second derivatives} */
    public static Maml exactly() {
        return new Maml(true);
    }

    /** {@return the method without second derivatives, FOMAML} */
    public static Maml firstOrder() {
        return new Maml(false);
    }

    @Override
    public String name() {
        return exact ? "maml" : "fomaml";
    }

    @Override
    public double addGradient(InnerLoop loop, Episode episode, INDArray sum) {
        MultiTaskBatch support = episode.support();
        int steps = loop.adaptation().steps();
        for (int j = 0; j < steps; j++) {
            loop.step(support);
        }
        INDArray gradient = loop.gradient(episode.query());
        double loss = loop.loss();
        if (!exact) {
            sum.addi(gradient);
            return loss;
        }
        INDArray v = gradient.dup();
        for (int j = steps - 1; j >= 0; j--) {
            loop.throughStep(support, j, v);
        }
        sum.addi(v);
        return loss;
    }
}
