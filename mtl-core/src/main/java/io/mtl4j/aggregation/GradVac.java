package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * GradVac, gradient vaccine: turns each gradient until its cosine with every other one is at least a target, and adds
 * the results up. The target of each pair is the moving average of their cosine.
 *
 * <p>Wang et al., Gradient Vaccine, ICLR 2021, algorithm 1: {@code p_i = g_i}; for each other j in random order, with
 * {@code φ = cos(p_i, g_j)} and target {@code T}: if {@code φ < T}, then {@code p_i += g_j |p_i| (T sqrt(1-φ²) - φ
 * sqrt(1-T²)) / (|g_j| sqrt(1-T²))}; {@code T = (1-β) T + β φ}; {@code d = Σ p_i}. Worked out on the Gramian. The
 * targets start at 0, where the first step is that of {@link PcGrad}.
 *
 * <p>Works on the whole gradient; on each layer or each parameter array by itself inside {@link PerGroup}. No guarantee
 * against conflict: it helps where tasks are related and their gradients ought to agree, such as translation between
 * many languages. Random: the order comes from the step's random numbers. Scales with the gradients.
 *
 * <p>Defined answers: one task gets weight 1; a zero gradient is left alone, as is one of which the
 * turning so far left nothing, and so are their targets; a target is held
 * below {@code 1 - 1e-9}, for nothing finite turns a gradient all the way. An absent task's targets stay as they were.
 *
 * <p>Deviation from the peer: no constant in the denominators unless {@code damping} adds one (1e-8 there).
 */
public final class GradVac implements GramianAggregator {

    /** A combination is 0 when it is this part of the sum of its terms' lengths; rounding in the Gramian makes 1e-8. */
    private static final double VANISHING = 1e-7;

    /** A squared sine up to this is 0, for so much of it may be rounding. */
    private static final double ROUNDING = 1e-13;

    private static final double HIGHEST_TARGET = 1 - 1e-9;

    private final double beta;
    private final TaskOrder order;
    private final double damping;
    private double[] targets = new double[0];

    /**
     * Chooses the parameters.
     *
     * @param beta β, how much of a target is renewed each step, from 0 to 1
     * @param order the order in which the others are visited
     * @param damping what is added to the products of lengths in the denominators, at least 0
     * @throws IllegalArgumentException if they are out of range
     */
    public GradVac(double beta, TaskOrder order, double damping) {
        this.beta = Require.within("beta", beta, 0, 1);
        this.order = Objects.requireNonNull(order, "order");
        this.damping = Require.nonNegative("damping", damping);
    }

    /** β = 0.5, shuffled order, no damping. */
    public GradVac() {
        this(0.5, TaskOrder.shuffled(), 0);
    }

    @Override
    public String name() {
        return "gradvac";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        if (targets.length == 0) {
            targets = new double[step.modelTasks() * step.modelTasks()];
        }
        int n = gramian.length;
        RandomGenerator random = step.random();
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double[] turned = new double[n];
            turned[i] = 1;
            for (int j : order.visits(i, n, random)) {
                turn(turned, j, gramian, step.modelTask(i) * step.modelTasks() + step.modelTask(j));
            }
            for (int k = 0; k < n; k++) {
                weights[k] += turned[k];
            }
        }
        return weights;
    }

    private void turn(double[] turned, int j, double[][] gramian, int pair) {
        double length = Matrices.norm(gramian, turned);
        double other = Math.sqrt(gramian[j][j]);
        if (length <= VANISHING * Gradients.lengthApart(turned, gramian) || other == 0) {
            return;
        }
        double cosine = Matrices.dot(turned, gramian[j]) / (length * other + damping);
        cosine = Math.max(-1, Math.min(1, cosine));
        double target = Math.min(targets[pair], HIGHEST_TARGET);
        if (cosine < target) {
            double square = 1 - cosine * cosine;
            double sine = square > ROUNDING ? Math.sqrt(square) : 0;
            double targetSine = Math.sqrt(1 - target * target);
            turned[j] += length * (target * sine - cosine * targetSine) / (other * targetSine + damping);
        }
        targets[pair] = (1 - beta) * targets[pair] + beta * cosine;
    }

    /** {@return the target cosines {@code [K][K]} of the model's tasks; empty before the first step} */
    public double[][] targets() {
        int n = (int) Math.round(Math.sqrt(targets.length));
        double[][] matrix = new double[n][];
        Arrays.setAll(matrix, i -> Arrays.copyOfRange(targets, i * n, (i + 1) * n));
        return matrix;
    }

    @Override
    public MethodState state() {
        return MethodState.empty(name()).with("targets", targets);
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name());
        targets = state.array("targets");
    }
}
