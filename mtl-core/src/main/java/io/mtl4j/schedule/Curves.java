package io.mtl4j.schedule;

import io.mtl4j.internal.Require;
import java.util.Objects;

/** The curves behind the factories of {@link LearningRate}: records, so that they can be compared and printed. */
final class Curves {

    private Curves() {}

    /** {@return the part of the training already done, from 0 to 1} */
    private static double progress(long step, long totalSteps) {
        if (step < 0 || totalSteps < 1) {
            throw new IllegalArgumentException(
                    "step " + step + " of " + totalSteps + "; steps count from 0 and a training has at least 1 step");
        }
        return Math.min(1.0, (double) step / totalSteps);
    }

    /** {@return a value on half a cosine from a at p = 0 to b at p = 1} */
    private static double halfCosine(double a, double b, double p) {
        return b + (a - b) * 0.5 * (1 + Math.cos(Math.PI * p));
    }

    record Constant() implements LearningRate {
        @Override
        public double factor(long step, long totalSteps) {
            progress(step, totalSteps);
            return 1;
        }
    }

    record StepFraction(double everyFraction, double gamma) implements LearningRate {
        StepFraction {
            Require.positive("everyFraction", Require.within("everyFraction", everyFraction, 0, 1));
            Require.positive("gamma", gamma);
        }

        @Override
        public double factor(long step, long totalSteps) {
            // The small shift keeps 3 * 0.1 of 1 on the third stair in spite of rounding.
            return Math.pow(gamma, Math.floor(progress(step, totalSteps) / everyFraction + 1e-9));
        }
    }

    record StepEvery(long everySteps, double gamma) implements LearningRate {
        StepEvery {
            if (everySteps < 1) {
                throw new IllegalArgumentException("everySteps = " + everySteps + "; it must be at least 1");
            }
            Require.positive("gamma", gamma);
        }

        @Override
        public double factor(long step, long totalSteps) {
            progress(step, totalSteps);
            long cuts = Math.min(step, totalSteps) / everySteps;
            return Math.pow(gamma, cuts);
        }
    }

    record Exponential(double finalFactor) implements LearningRate {
        Exponential {
            Require.positive("finalFactor", finalFactor);
        }

        @Override
        public double factor(long step, long totalSteps) {
            return Math.pow(finalFactor, progress(step, totalSteps));
        }
    }

    record Cosine(double finalFactor) implements LearningRate {
        Cosine {
            Require.nonNegative("finalFactor", finalFactor);
        }

        @Override
        public double factor(long step, long totalSteps) {
            return halfCosine(1, finalFactor, progress(step, totalSteps));
        }
    }

    record Warmup(long steps, LearningRate then) implements LearningRate {
        Warmup {
            if (steps < 0) {
                throw new IllegalArgumentException("warm-up of " + steps + " steps; it must be at least 0");
            }
            Objects.requireNonNull(then, "then");
        }

        @Override
        public double factor(long step, long totalSteps) {
            progress(step, totalSteps);
            long rest = Math.max(1, totalSteps - steps);
            if (step >= steps) {
                return then.factor(step - steps, rest);
            }
            return (step + 1.0) / (steps + 1.0) * then.factor(0, rest);
        }
    }

    record WarmupFraction(double fraction, LearningRate then) implements LearningRate {
        WarmupFraction {
            Require.within("warm-up fraction", fraction, 0, 1);
            Objects.requireNonNull(then, "then");
        }

        @Override
        public double factor(long step, long totalSteps) {
            return new Warmup(Math.round(fraction * totalSteps), then).factor(step, totalSteps);
        }
    }

    record OneCycle(double warmupFraction, double startFactor, double finalFactor) implements LearningRate {
        OneCycle {
            if (!(warmupFraction > 0 && warmupFraction < 1)) {
                throw new IllegalArgumentException(
                        "warmupFraction = " + warmupFraction + "; it must be above 0 and below 1");
            }
            Require.nonNegative("startFactor", startFactor);
            Require.nonNegative("finalFactor", finalFactor);
        }

        @Override
        public double factor(long step, long totalSteps) {
            double p = progress(step, totalSteps);
            return p < warmupFraction
                    ? halfCosine(startFactor, 1, p / warmupFraction)
                    : halfCosine(1, finalFactor, (p - warmupFraction) / (1 - warmupFraction));
        }
    }

    record Scaled(LearningRate curve, double scale) implements LearningRate {
        Scaled {
            Require.nonNegative("scale", scale);
        }

        @Override
        public double factor(long step, long totalSteps) {
            return scale * curve.factor(step, totalSteps);
        }
    }
}
