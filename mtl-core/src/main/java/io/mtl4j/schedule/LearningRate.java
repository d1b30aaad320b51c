package io.mtl4j.schedule;

import java.util.Objects;

/**
 * A learning-rate curve: the factor on the optimiser's base rate at each step of a training.
 *
 * <p>Curves are pure functions, so a resumed training goes on where it stopped. In the formulas of the factories {@code
 * p = step / totalSteps}, in [0, 1), is the part of the training already done; a step past the end counts as the end,
 * {@code p = 1}.
 */
@FunctionalInterface
public interface LearningRate {

    /**
     * {@return the factor on the base rate, finite and at least 0}
     *
     * @param step the number of steps done, from 0
     * @param totalSteps the number of steps planned, at least 1
     */
    double factor(long step, long totalSteps);

    /** {@return the base rate throughout: factor 1} */
    static LearningRate constant() {
        return new Curves.Constant();
    }

    /**
     * {@return a staircase over the whole training, {@code γ^⌊p / everyFraction⌋}}
     *
     * @param everyFraction length of a stair as a part of the training, above 0 and at most 1
     * @param gamma γ, the factor from one stair to the next, above 0
     * @throws IllegalArgumentException if an argument is out of its range
     */
    static LearningRate step(double everyFraction, double gamma) {
        return new Curves.StepFraction(everyFraction, gamma);
    }

    /**
     * {@return a staircase with stairs of a number of steps, {@code γ^⌊step / everySteps⌋}}
     *
     * @param everySteps length of a stair, at least 1
     * @param gamma γ, the factor from one stair to the next, above 0
     * @throws IllegalArgumentException if an argument is out of its range
     */
    static LearningRate stepEvery(long everySteps, double gamma) {
        return new Curves.StepEvery(everySteps, gamma);
    }

    /**
     * {@return exponential decay from 1 to a final factor, {@code finalFactor^p}}
     *
     * @param finalFactor the factor at the end, above 0
     * @throws IllegalArgumentException if it is out of its range
     */
    static LearningRate exponential(double finalFactor) {
        return new Curves.Exponential(finalFactor);
    }

    /**
     * Half a cosine from 1 to a final factor, {@code f + (1 - f)(1 + cos πp) / 2} (Loshchilov and Hutter, SGDR, ICLR
     * 2017, equation 5, without restarts).
     *
     * @param finalFactor f, the factor at the end, at least 0
     * @return the curve
     * @throws IllegalArgumentException if it is out of its range
     */
    static LearningRate cosine(double finalFactor) {
        return new Curves.Cosine(finalFactor);
    }

    /**
     * A straight rise over the first steps, then another curve over the steps that are left: {@code (step + 1) / (W +
     * 1)} of {@code then}'s first factor while {@code step < W}. The rise starts above 0, so that no step is wasted.
     *
     * @param steps W, the number of steps of the rise, at least 0; when the training is shorter, it is all rise
     * @param then the curve that follows; it sees the steps after the rise as a training of its own
     * @return the curve
     * @throws IllegalArgumentException if {@code steps} is negative
     */
    static LearningRate warmup(long steps, LearningRate then) {
        return new Curves.Warmup(steps, then);
    }

    /**
     * As {@link #warmup(long, LearningRate)}, with the length of the rise given as a part of the training.
     *
     * @param fraction length of the rise, from 0 to 1; rounded to whole steps
     * @param then the curve that follows
     * @return the curve
     * @throws IllegalArgumentException if {@code fraction} is out of its range
     */
    static LearningRate warmupFraction(double fraction, LearningRate then) {
        return new Curves.WarmupFraction(fraction, then);
    }

    /**
     * One cycle: half a cosine from {@code startFactor} up to 1, then half a cosine down to {@code finalFactor} (Smith
     * and Topin, Super-Convergence, 2018, with cosines instead of straight lines).
     *
     * @param warmupFraction the part of the training in which the rate rises, above 0 and below 1; 0.3 is usual
     * @param startFactor the factor at the start, at least 0; 0.04 is usual
     * @param finalFactor the factor at the end, at least 0; 1e-4 is usual
     * @return the curve
     * @throws IllegalArgumentException if an argument is out of its range
     */
    static LearningRate oneCycle(double warmupFraction, double startFactor, double finalFactor) {
        return new Curves.OneCycle(warmupFraction, startFactor, finalFactor);
    }

    /**
     * {@return this curve with every factor multiplied by a constant}
     *
     * @param scale the constant, finite and at least 0
     * @throws IllegalArgumentException if it is not
     */
    default LearningRate times(double scale) {
        return new Curves.Scaled(Objects.requireNonNull(this), scale);
    }
}
