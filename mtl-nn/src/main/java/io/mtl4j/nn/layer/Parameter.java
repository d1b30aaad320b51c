package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A trained array, as declared by a layer.
 *
 * @param index its number in the model, from 0
 * @param name unique in the model, such as {@code encoder.0.W}
 * @param shape its shape, C order
 * @param initializer how it starts, unless {@code start} says otherwise
 * @param fanIn number of inputs of a unit, for the initialiser
 * @param fanOut number of units that an input reaches, for the initialiser
 * @param penalty how it is regularised
 * @param owner the number of the only task that uses it, or {@link #SHARED}
 * @param start the values it starts with; empty where the initialiser draws them
 * @param turn when training changes it
 */
public record Parameter(
        int index,
        String name,
        long[] shape,
        Initializer initializer,
        long fanIn,
        long fanOut,
        Penalty penalty,
        int owner,
        Optional<StartValues> start,
        Turn turn) {

    /** Checks that nothing is missing, and that there are no more numbers than a Java array can hold. */
    public Parameter {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(turn, "turn");
        Require.product("parameter \"" + name + '"', shape);
    }

    /** When training changes a parameter. */
    public enum Turn {
        /** In the step of all tasks together. */
        JOINT,
        /** In a step of its owner's own, after the joint one, while all others stay: a generator's against its critic. */
        OWN,
        /** Never: those of {@link Frozen} layers. */
        NEVER
    }

    /** The owner of parameters that serve several tasks. */
    public static final int SHARED = -1;

    /** {@return whether the joint step of all tasks changes it} */
    public boolean trained() {
        return turn == Turn.JOINT;
    }

    /** {@return whether methods for gradients of several tasks see it: it is trained, and serves several tasks} */
    public boolean shared() {
        return trained() && owner == SHARED;
    }

    /** {@return the number of elements} */
    public long length() {
        return Require.product(name, shape);
    }

    /**
     * Gives an array the values that this parameter starts with. What is drawn comes from the JVM's generators, so that
     * every backend starts a model with the same numbers.
     *
     * @param array receives the values; of this parameter's shape
     * @param seed the seed of the model's start, the same for all of its parameters
     * @throws IllegalArgumentException if {@link #start} gives another number of values
     */
    public void initialize(INDArray array, Seed seed) {
        start.ifPresentOrElse(values -> values.copyTo(array, seed, name), () -> draw(array, seed.child(index)));
    }

    private void draw(INDArray array, Seed seed) {
        RandomGenerator random = seed.generator();
        double[] values = new double[(int) length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = initializer.draw(random, fanIn, fanOut);
        }
        array.assign(Nd4j.createFromArray(values).castTo(array.dataType()).reshape('c', shape));
    }

    /**
     * Regularisation of a parameter.
     *
     * @param decays whether weight decay applies: true for weights, false for biases and normalisers' scales
     * @param l1 coefficient of the sum of absolute values
     * @param l2 coefficient of half the sum of squares
     */
    public record Penalty(boolean decays, double l1, double l2) {}
}
