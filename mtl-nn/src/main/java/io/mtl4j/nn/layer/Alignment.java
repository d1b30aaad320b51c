package io.mtl4j.nn.layer;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The order in which a recurrent layer visits the time steps of a batch: every example's real steps, in reading order or
 * reversed, moved to the end, so that all examples end at the same visit and padding lies before the first real step,
 * wherever it was in the input. A state that is kept at 0 during those first visits makes a padded example give exactly
 * the results of the example without padding.
 *
 * @param batch number of examples
 * @param time number of time steps of the input
 * @param visits number of visits: the longest example's real steps, at least 1
 * @param source for visit v of example b, at {@code v * batch + b}: the row {@code b * time + t} of the input; for padding
 *     any row of the example
 * @param target for row {@code b * time + t}: {@code v * batch + b}; 0 for padding
 * @param real per visit and example (as in {@code source}): 1 for a real step, 0 for padding; null if there is no padding
 * @param mask per row (as in {@code target}): 1 for a real step, 0 for padding; null if there is no padding
 * @param plain whether visit v is time step v for all examples
 */
record Alignment(
        int batch, int time, int visits, int[] source, int[] target, double[] real, double[] mask, boolean plain) {

    /**
     * {@return the order of visits}
     *
     * @param mask {@code [batch, time]}, or null
     * @param batch number of examples
     * @param time number of time steps
     * @param reversed whether to visit the last step first
     */
    static Alignment of(INDArray mask, int batch, int time, boolean reversed) {
        double[] flags =
                mask == null ? ones(batch * time) : mask.dup('c').data().asDouble();
        int[] lengths = new int[batch];
        for (int row = 0; row < flags.length; row++) {
            lengths[row / time] += flags[row] == 0 ? 0 : 1;
        }
        int visits = Math.max(1, Arrays.stream(lengths).max().orElse(1));
        boolean padded = Arrays.stream(lengths).anyMatch(n -> n < time);
        int[] source = new int[visits * batch];
        int[] target = new int[batch * time];
        double[] real = new double[visits * batch];
        for (int b = 0; b < batch; b++) {
            for (int v = 0; v < visits; v++) {
                source[v * batch + b] = b * time;
            }
            int v = visits - lengths[b];
            for (int i = 0; i < time; i++) {
                int row = b * time + (reversed ? time - 1 - i : i);
                if (flags[row] != 0) {
                    source[v * batch + b] = row;
                    target[row] = v * batch + b;
                    real[v * batch + b] = 1;
                    v++;
                }
            }
        }
        return new Alignment(
                batch, time, visits, source, target, padded ? real : null, padded ? flags : null, !padded && !reversed);
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** {@return whether some steps are padding} */
    boolean padded() {
        return real != null;
    }

    /**
     * Brings a batch into the order of visits.
     *
     * @param x {@code [batch, time, features]}
     * @param out receives {@code [visits, features, batch]}; what it holds at padding is finite if x is
     */
    void toVisits(INDArray x, INDArray out) {
        out.assign(plain ? x.permute(1, 2, 0) : visits(rows(x)));
    }

    /**
     * Brings a gradient into the order of visits, with 0 at padding.
     *
     * @param gradient {@code [batch, time, features]}
     * @param out receives {@code [visits, features, batch]}
     */
    void gradientToVisits(INDArray gradient, INDArray out) {
        if (padded()) {
            out.assign(visits(rows(gradient).muliColumnVector(column(real, out.dataType()))));
        } else {
            toVisits(gradient, out);
        }
    }

    /**
     * {@return a new array {@code [batch, time, features]}, 0 at padding}
     *
     * @param steps {@code [visits, features, batch]}, in the order of visits
     */
    INDArray fromVisits(INDArray steps) {
        long features = steps.size(1);
        if (plain) {
            return Nd4j.createUninitialized(steps.dataType(), batch, time, features)
                    .assign(steps.permute(2, 0, 1));
        }
        INDArray rows = Nd4j.createUninitialized(steps.dataType(), visits, batch, features)
                .assign(steps.permute(0, 2, 1))
                .reshape('c', (long) visits * batch, features);
        INDArray out = Rows.take(rows, target);
        if (padded()) {
            out.muliColumnVector(column(mask, out.dataType()));
        }
        return out.reshape('c', batch, time, features);
    }

    private INDArray rows(INDArray x) {
        return Rows.take(x.reshape('c', (long) batch * time, x.size(2)), source);
    }

    private INDArray visits(INDArray rows) {
        return rows.reshape('c', visits, batch, rows.size(1)).permute(0, 2, 1);
    }

    /**
     * {@return numbers as a column}
     *
     * @param numbers {@link #real} or {@link #mask}
     * @param type the data type
     */
    static INDArray column(double[] numbers, DataType type) {
        return Nd4j.createFromArray(numbers).castTo(type).reshape('c', numbers.length, 1);
    }
}
