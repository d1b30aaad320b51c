package io.mtl4j.nn.layer;

import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adds to each step of a sequence a vector that tells its position, {@code y_t = x_t + P_position}. A step's position is
 * the number of real steps before it, so padding anywhere moves nobody.
 *
 * @param kind what P is
 * @param maximum with {@code LEARNED} the greatest number of real steps of an example; 0 (no limit) with {@code SINUSOIDAL}
 */
public record PositionalEncoding(Kind kind, int maximum) implements LayerSpec {

    /** What P is. */
    public enum Kind {
        /**
         * Fixed waves (Vaswani et al., NeurIPS 2017, section 3.5), n features: {@code P[p, 2i] = sin(p / 10000^(2i/n))},
         * {@code P[p, 2i+1] = cos(p / 10000^(2i/n))}.
         */
        SINUSOIDAL,
        /** A trained table {@code P [maximum, features]} that starts normal with deviation 0.02. */
        LEARNED
    }

    /** Checks the values. */
    public PositionalEncoding {
        Objects.requireNonNull(kind, "kind");
        if (kind == Kind.LEARNED && maximum < 1) {
            throw new IllegalArgumentException("positional encoding: maximum = " + maximum
                    + "; a learned one needs the greatest number of steps, at least 1");
        }
        if (kind == Kind.SINUSOIDAL && maximum != 0) {
            throw new IllegalArgumentException(
                    "positional encoding: maximum = " + maximum + "; a sinusoidal one has no limit, so give 0");
        }
    }

    /** {@return fixed waves} */
    public static PositionalEncoding sinusoidal() {
        return new PositionalEncoding(Kind.SINUSOIDAL, 0);
    }

    /**
     * {@return a trained table}
     *
     * @param maximum the greatest number of real steps of an example, at least 1
     */
    public static PositionalEncoding learned(int maximum) {
        return new PositionalEncoding(Kind.LEARNED, maximum);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Sequence sequence)) {
            throw new IllegalArgumentException("positional encoding: input is " + input
                    + "; it takes a sequence of feature vectors, so put an embedding before it if these are tokens");
        }
        int features = sequence.features();
        return kind == Kind.SINUSOIDAL
                ? new Waves(sequence)
                : new Learned(
                        sequence,
                        maximum,
                        binder.weight("P", Initializer.NORMAL_002, maximum, features, maximum, features),
                        binder.slot(),
                        binder.inputNeedsGradient());
    }

    /** For each row of {@code [batch * time]}, the number of real steps before it in its example. */
    private static int[] positions(INDArray x, INDArray mask) {
        int time = (int) x.size(1);
        int[] positions = new int[(int) x.size(0) * time];
        double[] flags = mask == null ? null : mask.dup('c').data().asDouble();
        for (int row = 0; row < positions.length; row++) {
            boolean first = row % time == 0;
            boolean stepBefore = !first && (flags == null || flags[row - 1] != 0);
            positions[row] = first ? 0 : positions[row - 1] + (stepBefore ? 1 : 0);
        }
        return positions;
    }

    private static INDArray plus(INDArray x, INDArray table, int[] positions) {
        return Rows.take(table, positions).reshape('c', x.shape()).addi(x);
    }

    /** Where all steps are real: a row of the table for each step, the same for all examples. */
    private static INDArray plusSame(INDArray x, INDArray table) {
        INDArray out = Nd4j.createUninitialized(x.dataType(), x.shape());
        return Sums.into(x, table.reshape('c', 1, x.size(1), x.size(2)), out);
    }

    /** The fixed waves of some positions, {@code [time, features]}. */
    static INDArray waves(int first, int time, int features, DataType type) {
        double[] waves = new double[time * features];
        for (int f = 0; f < features; f++) {
            double speed = Math.pow(10_000, -(f - f % 2) / (double) features);
            for (int p = 0; p < time; p++) {
                waves[p * features + f] = f % 2 == 0 ? Math.sin((first + p) * speed) : Math.cos((first + p) * speed);
            }
        }
        return Nd4j.createFromArray(waves).castTo(type).reshape('c', time, features);
    }

    private record Waves(Shape.Sequence outputShape) implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray table = waves(0, (int) x.size(1), outputShape.features(), x.dataType());
            return pass.mask() == null ? plusSame(x, table) : plus(x, table, positions(x, pass.mask()));
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            return gradient;
        }
    }

    private record Learned(
            Shape.Sequence outputShape, int maximum, Parameter table, Slot<int[]> kept, boolean needsGradient)
            implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            int[] positions = positions(x, pass.mask());
            double[] flags =
                    pass.mask() == null ? null : pass.mask().dup('c').data().asDouble();
            for (int row = 0; row < positions.length; row++) {
                if (positions[row] >= maximum && (flags == null || flags[row] != 0)) {
                    throw new IllegalArgumentException("positional encoding: example " + row / x.size(1)
                            + " has more than " + maximum
                            + " steps, the greatest number learned; raise the maximum or cut the input");
                }
                positions[row] = Math.min(positions[row], maximum - 1); // padding behind the last position
            }
            pass.save(kept, positions);
            return plus(x, pass.value(table), positions);
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            int[] positions = pass.load(kept);
            INDArray rows = gradient.reshape('c', positions.length, outputShape.features());
            Rows.assignSums(rows, positions, pass.gradient(table));
            return needsGradient ? gradient : null;
        }
    }
}
