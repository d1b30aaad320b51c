package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.Elementwise;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** Elementwise functions between layers. */
public enum Activation {
    /** {@code x}. */
    IDENTITY,
    /** {@code max(0, x)}; its derivative at 0 is taken as 0. */
    RELU,
    /** {@code x} for positive x, {@code 0.01 x} otherwise. */
    LEAKY_RELU,
    /** The hyperbolic tangent. */
    TANH,
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID,
    /** {@code x sigmoid(x)}, also known as SiLU (Ramachandran et al., 2017). */
    SWISH,
    /** {@code x Φ(x)} with the normal distribution function Φ (Hendrycks and Gimpel, 2016), exact by erf. */
    GELU,
    /**
     * {@code x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2}, the tanh form of GELU (Hendrycks and Gimpel, 2016, section 2).
     */
    GELU_TANH,
    /** {@code x sigmoid(1.702 x)}, the sigmoid form of GELU (Hendrycks and Gimpel, 2016, section 2). */
    QUICK_GELU;

    private static final double LEAK = 0.01;
    private static final double GELU_SLOPE = 1.702;
    private static final double GELU_CUBE = 0.044715;
    private static final double GELU_SCALE = Math.sqrt(2 / Math.PI);

    /**
     * {@return what {@link #gradient} needs of a forward pass: its input if true, its output otherwise}
     */
    public boolean keepsInput() {
        return this == SWISH || this == GELU || this == GELU_TANH || this == QUICK_GELU;
    }

    /**
     * Applies the function. Overwrites {@code x} unless {@link #keepsInput()}.
     *
     * @param x the input, an array that belongs to the caller
     * @return the output: {@code x} itself, or a new array if {@link #keepsInput()}
     */
    public INDArray apply(INDArray x) {
        if (isDirect() && Elementwise.serves(x)) {
            direct().apply(x);
            return x;
        }
        return switch (this) {
            case IDENTITY -> x;
            case RELU -> run(new RectifiedLinear(x, x));
            case LEAKY_RELU -> run(new LeakyReLU(x, x, LEAK));
            case TANH -> run(new Tanh(x, x));
            case SIGMOID -> run(new Sigmoid(x, x));
            case SWISH -> gate(x, 1).muli(x);
            case GELU -> normal(x).muli(x);
            case GELU_TANH -> bend(x).addi(1).muli(0.5).muli(x);
            case QUICK_GELU -> gate(x, GELU_SLOPE).muli(x);
        };
    }

    /**
     * Propagates a gradient.
     *
     * @param kept the input of {@link #apply} if {@link #keepsInput()}, its output otherwise; not changed
     * @param gradient gradient with respect to the output; not changed
     * @return gradient with respect to the input: a new array, or {@code gradient} itself for the identity
     */
    public INDArray gradient(INDArray kept, INDArray gradient) {
        if (isDirect() && Elementwise.serves(kept) && Elementwise.serves(gradient)) {
            INDArray dx = Nd4j.createUninitialized(kept.dataType(), kept.shape());
            direct().gradient(kept, gradient, dx);
            return dx;
        }
        return switch (this) {
            case IDENTITY -> gradient;
            case RELU -> run(new Step(kept, kept.ulike(), 0)).muli(gradient);
            case LEAKY_RELU ->
                run(new Step(kept, kept.ulike(), 0)).muli(1 - LEAK).addi(LEAK).muli(gradient);
            case TANH -> kept.mul(kept).rsubi(1).muli(gradient);
            case SIGMOID -> kept.rsub(1).muli(kept).muli(gradient);
            case SWISH -> gatedGradient(kept, 1).muli(gradient);
            case GELU -> density(kept).muli(kept).addi(normal(kept)).muli(gradient);
            case GELU_TANH -> tanhGradient(kept).muli(gradient);
            case QUICK_GELU -> gatedGradient(kept, GELU_SLOPE).muli(gradient);
        };
    }

    private boolean isDirect() {
        return this == RELU || this == TANH || this == SIGMOID;
    }

    /** The same function of oneDNN. */
    private Elementwise direct() {
        return Elementwise.valueOf(name());
    }

    /** Φ(x) = (1 + erf(x / √2)) / 2. */
    private static INDArray normal(INDArray x) {
        INDArray s = x.mul(Math.sqrt(0.5));
        return run(new Erf(s, s)).addi(1).muli(0.5);
    }

    /** The derivative of Φ. */
    private static INDArray density(INDArray x) {
        INDArray e = x.mul(x).muli(-0.5);
        return run(new Exp(e, e)).muli(1 / Math.sqrt(2 * Math.PI));
    }

    /** tanh(√(2/π) (x + 0.044715 x³)). */
    private static INDArray bend(INDArray x) {
        INDArray u = x.mul(x).muli(GELU_CUBE).addi(1).muli(x).muli(GELU_SCALE);
        return run(new Tanh(u, u));
    }

    /** With t the tanh and u its argument: (1 + t + x (1 - t²) u') / 2. */
    private static INDArray tanhGradient(INDArray x) {
        INDArray t = bend(x);
        INDArray slope = x.mul(x).muli(3 * GELU_CUBE).addi(1).muli(x).muli(GELU_SCALE);
        return t.mul(t).rsubi(1).muli(slope).addi(t).addi(1).muli(0.5);
    }

    private static INDArray gate(INDArray x, double slope) {
        INDArray s = x.mul(slope);
        return run(new Sigmoid(s, s));
    }

    /** With s = sigmoid(a x): d(x s)/dx = s (1 + a x (1 - s)). */
    private static INDArray gatedGradient(INDArray x, double slope) {
        INDArray s = gate(x, slope);
        return s.rsub(1).muli(x).muli(slope).addi(1).muli(s);
    }

    private static INDArray run(Op op) {
        Nd4j.getExecutioner().exec(op);
        return op.z();
    }
}
