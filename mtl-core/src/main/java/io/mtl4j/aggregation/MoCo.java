package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.TrainingStep;
import java.util.Objects;

/**
 * MoCo, multi-objective gradient correction: tracks each task's gradient over the steps to average out the noise of
 * small batches, and moves the weights towards the shortest combination of the tracked gradients.
 *
 * <p>Fernando et al., Mitigating Gradient Bias in Multi-objective Learning, ICLR 2023, algorithm 1: {@code y_k -= β_t
 * (y_k - h_k)} with {@code h_k = g_k L_k / |g_k|}, {@code λ = softmax(λ - γ_t (Y Yᵀ + ρ I) λ)}, {@code d = Σ λ_k y_k},
 * {@code β_t = β / t^σβ}, {@code γ_t = γ / t^σγ}. As in the authors' code, λ is renewed by a softmax in place of the
 * paper's projection, and gradients are normalised to the length of their losses.
 *
 * <p>No guarantee for a single step: d follows the gradients with delay. The length of d is that of the losses. Does
 * not change when gradients grow. Reads the whole gradients and remembers K of them in double precision.
 *
 * <p>Defined answers: one task gets its tracked gradient; a zero gradient counts as 0. An absent task's {@code y_k},
 * λ_k and count of steps stay as they were, and it takes no part. The smoothing step of λ counts all steps.
 *
 * <p>Deviations from the peer: no constant in the norm unless {@code damping} adds one (1e-8 there).
 */
public final class MoCo implements Aggregator {

    private final Rates rates;
    private final TaskRows tracked = new TaskRows("tracked");
    private final TaskNumbers weights = new TaskNumbers("weights", tasks -> 1.0 / tasks);
    private final TaskNumbers counts = new TaskNumbers("counts", tasks -> 0);
    private long steps;

    /**
     * The parameters.
     *
     * @param beta β, how much of a tracked gradient is renewed, from 0 to 1; 0.5 by default
     * @param betaDecay σβ, how fast that falls, at least 0; 0.5 by default
     * @param gamma γ, the learning rate of the weights, at least 0; 0.1 by default
     * @param gammaDecay σγ, how fast that falls, at least 0; 0.5 by default
     * @param rho ρ, the pull towards equal weights, at least 0; 0 by default
     * @param damping what is added to the norm that divides a gradient, at least 0; 0 by default
     */
    public record Rates(double beta, double betaDecay, double gamma, double gammaDecay, double rho, double damping) {
        /** Checks the numbers. */
        public Rates {
            Require.within("beta", beta, 0, 1);
            Require.nonNegative("betaDecay", betaDecay);
            Require.nonNegative("gamma", gamma);
            Require.nonNegative("gammaDecay", gammaDecay);
            Require.nonNegative("rho", rho);
            Require.nonNegative("damping", damping);
        }

        /** The defaults. */
        public Rates() {
            this(0.5, 0.5, 0.1, 0.5, 0, 0);
        }
    }

    /**
     * Chooses the parameters.
     *
     * @param rates the parameters
     */
    public MoCo(Rates rates) {
        this.rates = Objects.requireNonNull(rates, "rates");
    }

    /** With default parameters. */
    public MoCo() {
        this(new Rates());
    }

    @Override
    public String name() {
        return "moco";
    }

    @Override
    public UpdateDirection aggregate(TrainingStep step) {
        return Gradients.ofPresent(step, this::direction);
    }

    private UpdateDirection direction(TrainingStep step) {
        double[][] y = track(step, Gradients.rows(step));
        double rate = rates.gamma / Math.pow(++steps, rates.gammaDecay);
        double[] lambda = weights.shares(step);
        double[] pulls = Matrices.times(Gradients.products(y), lambda);
        for (int k = 0; k < lambda.length; k++) {
            lambda[k] -= rate * (pulls[k] + rates.rho * lambda[k]);
        }
        lambda = Gradients.softmax(lambda);
        weights.setShares(step, lambda);
        return new UpdateDirection.Vector(Gradients.combine(lambda, y));
    }

    private double[][] track(TrainingStep step, double[][] rows) {
        double[] seen = counts.of(step);
        double[][] y = new double[rows.length][];
        for (int k = 0; k < rows.length; k++) {
            double norm = Math.sqrt(Matrices.dot(rows[k], rows[k])) + rates.damping;
            double scale = norm > 0 ? Gradients.loss(k, step) / norm : 0;
            double rate = rates.beta / Math.pow(++seen[k], rates.betaDecay);
            y[k] = tracked.row(step.modelTask(k), step.modelTasks(), rows[k].length);
            for (int i = 0; i < y[k].length; i++) {
                y[k][i] -= rate * (y[k][i] - scale * rows[k][i]);
            }
        }
        counts.set(step, seen);
        return y;
    }

    @Override
    public MethodState state() {
        MethodState state = MethodState.empty(name()).with("steps", steps);
        return counts.into(weights.into(tracked.into(state)));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name());
        steps = (long) state.number("steps");
        counts.restore(state);
        weights.restore(state);
        tracked.restore(state);
    }
}
