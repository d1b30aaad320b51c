package io.mtl4j.nn.model;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Seed;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradient penalty {@code P = λ/n Σ_i (‖g_i‖ - 1)²} of a critic D, with {@code g_i = ∇D(x̂_i)} and {@code x̂_i = α_i x_i
 * + (1 - α_i) x̃_i} between a real and a generated example, α uniform in [0, 1) (Gulrajani et al., NeurIPS 2017, algorithm
 * 1). D is the logit.
 *
 * <p>Its gradient needs no second derivatives of layers: with the unit vectors {@code u_i = g_i / ‖g_i‖} and {@code c_i =
 * 2λ/n (‖g_i‖ - 1)} held fixed, {@code ∂P/∂θ = Σ_i c_i ∂/∂θ (u_i · ∇D(x̂_i))}, and the slope along {@code u_i} is taken from
 * the logits on both sides:
 *
 * <pre>{@code
 * u · ∇D(x̂) ≈ (D(x̂ + ε u) - D(x̂ - ε u)) / 2ε
 * }</pre>
 *
 * <p>So two more ways through the network, weighted by {@code ±c_i / 2ε}, have the penalty's gradient. It is exact where D is
 * piecewise linear and no piece ends within ε, and otherwise wrong by the order of ε². The three passes drop the same units.
 *
 * @param value P
 * @param ahead the pass at {@code x̂ + ε u}
 * @param behind the pass at {@code x̂ - ε u}
 */
record GradientPenalty(double value, SourcePass ahead, SourcePass behind) {

    private static final double FLOAT_STEP = 1e-2;
    private static final double DOUBLE_STEP = 1e-4;
    private static final double TINY = 1e-30;

    static GradientPenalty of(
            Network network, BoundGenerator generator, INDArray real, INDArray fake, Seed seed, boolean training) {
        int task = generator.task();
        INDArray between = between(real, fake, seed.child(1));
        SourcePass here = network.aside(generator.input(), seed, training);
        here.forward(between, task, z -> AdversarialPass.weighted(z, Nd4j.ones(z.dataType(), z.shape())));
        INDArray slopes = ImageLayout.plain(here.inputGradient(task, network.discarded()))
                .reshape('c', real.size(0), real.length() / real.size(0));
        INDArray norms = slopes.norm2(true, 1);
        INDArray off = norms.sub(1);
        double lambda = generator.head().gradientPenalty();
        double step = network.type() == DataType.DOUBLE ? DOUBLE_STEP : FLOAT_STEP;
        INDArray shift = slopes.divColumnVector(norms.add(TINY)).muli(step).reshape('c', between.shape());
        INDArray weights = off.mul(lambda / real.size(0) / step);
        SourcePass ahead = network.aside(generator.input(), seed, training);
        ahead.forward(between.add(shift), task, z -> AdversarialPass.weighted(z, weights));
        SourcePass behind = network.aside(generator.input(), seed, training);
        behind.forward(between.sub(shift), task, z -> AdversarialPass.weighted(z, weights.neg()));
        return new GradientPenalty(lambda * off.mul(off).meanNumber().doubleValue(), ahead, behind);
    }

    private static INDArray between(INDArray real, INDArray fake, Seed seed) {
        RandomGenerator random = seed.generator();
        int n = (int) real.size(0);
        double[] places = random.doubles(n).toArray();
        INDArray column = Nd4j.createFromArray(places).castTo(real.dataType()).reshape(n, 1);
        INDArray from = fake.reshape('c', n, fake.length() / n);
        INDArray way = real.reshape('c', n, real.length() / n).sub(from);
        return way.muliColumnVector(column).addi(from).reshape('c', real.shape());
    }
}
