package io.mtl4j.nn.train;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Bounds the gradient of an update. */
public sealed interface GradientClipping {

    /** {@return no bound} */
    static GradientClipping none() {
        return new None();
    }

    /**
     * {@return a bound on the Euclidean norm of the whole gradient}
     *
     * @param maximum the greatest norm, positive
     */
    static GradientClipping norm(double maximum) {
        return new Norm(maximum);
    }

    /**
     * {@return a bound on each element}
     *
     * @param maximum the greatest absolute value, positive
     */
    static GradientClipping value(double maximum) {
        return new Value(maximum);
    }

    /**
     * Clips a gradient in place.
     *
     * @param gradient the flat gradient, changed
     * @param norm its Euclidean norm
     */
    void clip(INDArray gradient, double norm);

    /** No bound. */
    record None() implements GradientClipping {
        @Override
        public void clip(INDArray gradient, double norm) {}
    }

    /**
     * A bound on the norm.
     *
     * @param maximum the greatest norm
     */
    record Norm(double maximum) implements GradientClipping {
        /** Checks the bound. */
        public Norm {
            requirePositive(maximum);
        }

        @Override
        public void clip(INDArray gradient, double norm) {
            if (norm > maximum) {
                gradient.muli(maximum / norm);
            }
        }
    }

    /**
     * A bound on each element.
     *
     * @param maximum the greatest absolute value
     */
    record Value(double maximum) implements GradientClipping {
        /** Checks the bound. */
        public Value {
            requirePositive(maximum);
        }

        @Override
        public void clip(INDArray gradient, double norm) {
            Nd4j.exec(DynamicCustomOp.builder("clipbyvalue")
                    .addInputs(gradient)
                    .addOutputs(gradient)
                    .addFloatingPointArguments(-maximum, maximum)
                    .build());
        }
    }

    private static void requirePositive(double maximum) {
        if (!(maximum > 0)) {
            throw new IllegalArgumentException("gradient clipping: maximum = " + maximum + "; it must be positive");
        }
    }
}
