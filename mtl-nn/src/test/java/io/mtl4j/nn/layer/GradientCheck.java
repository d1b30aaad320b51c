package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Compares a layer's gradients with central finite differences in double precision. The scalar is {@code Σ y r} with fixed
 * random r; every parameter and, unless the input is data, the input is checked, and backward runs twice to show that it
 * leaves what forward kept as it was.
 */
public final class GradientCheck {

    private static final double TOLERANCE = 1e-6;
    private static final int MOST_ELEMENTS = 20;

    private final Layer layer;
    private final Binder binder;
    private final INDArray[] values;
    private final INDArray[] gradients;
    private final INDArray mask;
    private final boolean training;
    private boolean checkInput = true;
    private INDArray relations;
    private INDArray target;

    private GradientCheck(LayerSpec spec, Shape input, INDArray mask, boolean training, long seed) {
        this.binder = Binder.create();
        this.layer = spec.bind(input, binder);
        this.mask = mask;
        this.training = training;
        RandomGenerator random = random(seed);
        List<Parameter> parameters = binder.parameters();
        this.values = new INDArray[parameters.size()];
        this.gradients = new INDArray[parameters.size()];
        for (Parameter p : parameters) {
            values[p.index()] = array(random, 0.5, p.shape());
            gradients[p.index()] = Nd4j.valueArrayOf(p.shape(), Double.NaN, DataType.DOUBLE);
        }
    }

    /** Checks a layer on random input of the given array shape. */
    public static void check(LayerSpec spec, Shape input, long... inputShape) {
        new GradientCheck(spec, input, null, true, 7).run(array(random(11), 1, inputShape));
    }

    /** Checks a layer on given input with a mask {@code [batch, time]} (or null). */
    public static void check(LayerSpec spec, Shape input, INDArray x, INDArray mask) {
        new GradientCheck(spec, input, mask, true, 7).run(x);
    }

    /** Checks a layer on given input with a mask {@code [batch, time]} (or null) and relations of the steps. */
    public static void check(LayerSpec spec, Shape input, INDArray x, INDArray mask, INDArray relations) {
        GradientCheck check = new GradientCheck(spec, input, mask, true, 7);
        check.relations = relations;
        check.run(x);
    }

    /** Checks a layer in a pass that is not training. */
    public static void checkPredicting(LayerSpec spec, Shape input, INDArray x) {
        new GradientCheck(spec, input, null, false, 7).run(x);
    }

    /** Checks only the parameters, for layers whose input has no gradient, such as embeddings. */
    public static void checkParameters(LayerSpec spec, Shape input, INDArray x, INDArray mask) {
        GradientCheck check = new GradientCheck(spec, input, mask, true, 7);
        check.checkInput = false;
        check.run(x);
    }

    /** Checks a layer that is told what to say, {@code [batch, length]}. */
    public static void checkTold(LayerSpec spec, Shape input, INDArray x, INDArray mask, INDArray target) {
        GradientCheck check = new GradientCheck(spec, input, mask, true, 7);
        check.target = target;
        check.run(x);
    }

    /** Random numbers for tests. */
    public static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** A double array of normal random numbers. */
    public static INDArray array(RandomGenerator random, double deviation, long... shape) {
        INDArray array = Nd4j.create(DataType.DOUBLE, shape);
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, random.nextGaussian() * deviation);
        }
        return array;
    }

    private Pass pass() {
        INDArray[] buffers = binder.buffers().stream()
                .map(b -> Nd4j.valueArrayOf(b.shape(), b.fill(), DataType.DOUBLE))
                .toArray(INDArray[]::new);
        Pass pass = new Pass(
                values, buffers, binder.slots(), mask, Nd4j.getRandomFactory().getNewRandomInstance(5), training);
        pass.relate(relations);
        pass.aim(target);
        return pass;
    }

    private void run(INDArray x) {
        INDArray before = x.dup();
        Pass pass = pass();
        INDArray y = layer.forward(x, pass);
        assertEquals(before, x, "forward changed its input");
        INDArray r = array(random(13), 1, y.shape());
        pass.collectGradients(gradients);
        INDArray first = layer.backward(r.dup(), pass);
        INDArray[] firstGradients =
                java.util.Arrays.stream(gradients).map(INDArray::dup).toArray(INDArray[]::new);
        INDArray again = layer.backward(r.dup(), pass);
        for (Parameter p : binder.parameters()) {
            assertEquals(firstGradients[p.index()], gradients[p.index()], "second backward differs: " + p.name());
            compare(p.name(), values[p.index()], gradients[p.index()], x, r);
        }
        if (checkInput) {
            assertArrayEquals(x.shape(), first.shape(), "shape of the input gradient");
            assertEquals(first, again, "second backward differs in the input gradient");
            compare("input", x, first, x, r);
        }
    }

    private void compare(String what, INDArray varied, INDArray gradient, INDArray x, INDArray r) {
        long n = varied.length();
        long stride = Math.max(1, n / MOST_ELEMENTS);
        for (long i = 0; i < n; i += stride) {
            double numeric = Slopes.of(() -> scalar(x, r), varied, i);
            double got = gradient.getDouble(i);
            assertEquals(
                    numeric, got, TOLERANCE * Math.max(1, Math.abs(numeric) + Math.abs(got)), what + "[" + i + "]");
        }
    }

    private double scalar(INDArray x, INDArray r) {
        return layer.forward(x, pass()).mul(r).sumNumber().doubleValue();
    }
}
