package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.TrainingStep;

/**
 * DB-MTL, dual balancing: the gradients of the logarithms of the losses, smoothed over the steps, each stretched to the
 * length of the longest, and added up.
 *
 * <p>Lin et al., Dual-Balancing for Multi-Task Learning, arXiv 2308.12029, algorithm 1: {@code b_k = β_t b_k + (1 -
 * β_t) g_k / (L_k + ε)}, {@code β_t = β / t^σ}, {@code d = Σ_k (max_j |b_j|) / |b_k| b_k}.
 *
 * <p>Balances losses of different units and gradients of different lengths. No guarantee against conflict. With ε = 0,
 * d does not change when a loss is multiplied by a number. Reads the whole gradients and remembers K of them in double
 * precision.
 *
 * <p>Defined answers: one task gets its smoothed gradient; a zero gradient, with whatever loss, counts as 0. An absent
 * task's {@code b_k} and count of steps stay as they were, and it takes no part. A loss of 0 or less whose gradient is
 * not zero has no logarithm and is refused.
 *
 * <p>Deviations from the peer: ε is 0 unless set (1e-8 there). The heads train on their own losses, as with every
 * aggregator, and not on the logarithms.
 */
public final class DbMtl implements Aggregator {

    private final double beta;
    private final double decay;
    private final double epsilon;
    private final TaskRows smoothed = new TaskRows("smoothed");
    private final TaskNumbers counts = new TaskNumbers("counts", tasks -> 0);

    /**
     * Chooses the parameters.
     *
     * @param beta β, how much of the past is kept, from 0 to 1
     * @param decay σ, how fast that falls, at least 0
     * @param epsilon ε, added to losses and lengths, at least 0
     * @throws IllegalArgumentException if they are out of range
     */
    public DbMtl(double beta, double decay, double epsilon) {
        this.beta = Require.within("beta", beta, 0, 1);
        this.decay = Require.nonNegative("decay", decay);
        this.epsilon = Require.nonNegative("epsilon", epsilon);
    }

    /** β = 0.9, which doesn't fall; ε = 0. */
    public DbMtl() {
        this(0.9, 0, 0);
    }

    @Override
    public String name() {
        return "db-mtl";
    }

    @Override
    public UpdateDirection aggregate(TrainingStep step) {
        return Gradients.ofPresent(step, this::direction);
    }

    private UpdateDirection direction(TrainingStep step) {
        double[][] b = smooth(step, Gradients.rows(step));
        double[] weights = new double[b.length];
        double longest = 0;
        for (int k = 0; k < b.length; k++) {
            double length = Math.sqrt(Matrices.dot(b[k], b[k]));
            longest = Math.max(longest, length);
            weights[k] = length > 0 ? 1 / (length + epsilon) : 0;
        }
        return new UpdateDirection.Vector(Gradients.combine(Matrices.scale(longest, weights), b));
    }

    private double[][] smooth(TrainingStep step, double[][] rows) {
        double[] seen = counts.of(step);
        double[][] b = new double[rows.length][];
        for (int k = 0; k < rows.length; k++) {
            double keep = beta / Math.pow(++seen[k], decay);
            double scale = inverseLoss(k, rows[k], step);
            b[k] = smoothed.row(step.modelTask(k), step.modelTasks(), rows[k].length);
            for (int i = 0; i < b[k].length; i++) {
                double gradient = scale * rows[k][i];
                b[k][i] = gradient + keep * (b[k][i] - gradient);
            }
        }
        counts.set(step, seen);
        return b;
    }

    private double inverseLoss(int task, double[] row, TrainingStep step) {
        double loss = Gradients.loss(task, step) + epsilon;
        if (Matrices.dot(row, row) == 0) {
            return 0;
        }
        if (!(loss > 0)) {
            throw new ArithmeticException("task \"" + step.taskName(task) + "\": loss " + step.loss(task)
                    + " has no logarithm; db-mtl needs losses above 0");
        }
        return 1 / loss;
    }

    @Override
    public MethodState state() {
        return counts.into(smoothed.into(MethodState.empty(name())));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name());
        counts.restore(state);
        smoothed.restore(state);
    }
}
