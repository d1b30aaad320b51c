/**
 * LOSS WEIGHTING: {@link io.mtl4j.weighting.LossWeighting} turns K losses into K weights; {@link
 * io.mtl4j.weighting.Weightings} has those that come with the library.
 *
 * <p>Which one? Start with {@code equal()}. When the losses have different units, {@code inverseLoss()}, {@code
 * uncertainty()} or {@code imtlL()} bring them to a common one; {@code dwa()}, {@code gradNorm()} and {@code famo()}
 * keep the tasks' speeds of training alike; {@code autoLambda()}, {@code moml()} and {@code forum()} ask held-out data
 * and cost most; {@code rlw()} is the baseline that a clever method should beat. Methods for gradients that disagree are
 * in {@link io.mtl4j.aggregation}.
 *
 * <p>One of your own is a class of one method; look at {@link io.mtl4j.step.TrainingStep} for what it may use:
 *
 * <pre>{@code
 * final class Squared implements LossWeighting {
 *     public String name() {
 *         return "squared";
 *     }
 *
 *     public double[] weigh(TrainingStep step) {
 *         double[] weights = new double[step.tasks()];
 *         for (int k = 0; k < weights.length; k++) {
 *             weights[k] = step.present(k) ? step.loss(k) * step.loss(k) : 0;
 *         }
 *         return weights;
 *     }
 * }
 * }</pre>
 */
package io.mtl4j.weighting;
