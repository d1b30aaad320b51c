package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.Copy;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The order in which a recurrent layer visits the time steps of a batch: every example's real steps, in reading order or
 * reversed, moved to the front, so that padding lies behind the last real step, wherever it was in the input. What happens
 * at padding then reaches no real step, so a padded example gives exactly the results of the example without padding.
 *
 * @param batch number of examples
 * @param time number of time steps of the input
 * @param visits number of visits: the longest example's real steps, at least 1
 * @param source for visit v of example b, at {@code v * batch + b}: the row {@code b * time + t} of the input; for padding
 *     a real step, so that its numbers are as good as the others
 * @param target for row {@code b * time + t}: {@code v * batch + b}; 0 for padding
 * @param lengths per example: number of real steps
 * @param mask per row (as in {@code target}): 1 for a real step, 0 for padding; null if there is no padding
 * @param plain whether visit v is time step v for all examples
 */
record Alignment(
        int batch, int time, int visits, int[] source, int[] target, int[] lengths, double[] mask, boolean plain) {

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
        Arrays.fill(source, firstReal(flags));
        int[] target = new int[batch * time];
        for (int b = 0; b < batch; b++) {
            int v = 0;
            for (int i = 0; i < time; i++) {
                int row = b * time + (reversed ? time - 1 - i : i);
                if (flags[row] != 0) {
                    source[v * batch + b] = row;
                    target[row] = v * batch + b;
                    v++;
                }
            }
        }
        return new Alignment(batch, time, visits, source, target, lengths, padded ? flags : null, !padded && !reversed);
    }

    /** The first row that is no padding, 0 if there is none. */
    private static int firstReal(double[] flags) {
        for (int row = 0; row < flags.length; row++) {
            if (flags[row] != 0) {
                return row;
            }
        }
        return 0;
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private boolean padded() {
        return mask != null;
    }

    /**
     * {@return a new array {@code [visits, batch, features]}; what it holds at padding is finite if real steps are}
     *
     * @param x {@code [batch, time, features]}
     */
    INDArray toVisits(INDArray x) {
        long features = x.size(2);
        if (plain) {
            return Copy.into(
                    x.permute(1, 0, 2), Nd4j.createUninitialized(x.dataType(), (long) visits, batch, features));
        }
        return Rows.take(x.reshape('c', (long) batch * time, features), source).reshape('c', visits, batch, features);
    }

    /**
     * {@return a gradient in the order of visits, {@code [visits, batch, features]}, 0 at padding}
     *
     * @param gradient {@code [batch, time, features]}
     */
    INDArray gradientToVisits(INDArray gradient) {
        INDArray steps = toVisits(gradient);
        if (padded()) {
            rows(steps).muliColumnVector(column(real(visits), steps.dataType()));
        }
        return steps;
    }

    /**
     * {@return a new array {@code [batch, time, features]}, 0 at padding}
     *
     * @param steps {@code [visits, batch, features]}, in the order of visits
     */
    INDArray fromVisits(INDArray steps) {
        long features = steps.size(2);
        if (plain) {
            return Copy.into(
                    steps.permute(1, 0, 2), Nd4j.createUninitialized(steps.dataType(), (long) batch, time, features));
        }
        INDArray out = Rows.take(rows(steps), target);
        if (padded()) {
            out.muliColumnVector(column(mask, out.dataType()));
        }
        return out.reshape('c', batch, time, features);
    }

    /**
     * {@return every example's last real step, {@code [batch, features]}; 0 for an example without one}
     *
     * @param steps {@code [visits, batch, features]}, in the order of visits
     */
    INDArray lastVisits(INDArray steps) {
        return padded()
                ? Rows.take(rows(steps), last()).muliColumnVector(column(real(1), steps.dataType()))
                : steps.slice(visits - 1L);
    }

    /**
     * {@return a gradient with respect to all visits, {@code [visits, batch, features]}}
     *
     * @param gradient with respect to {@link #lastVisits}, {@code [batch, features]}
     */
    INDArray lastGradientToVisits(INDArray gradient) {
        INDArray steps = Nd4j.zeros(gradient.dataType(), visits, batch, gradient.size(1));
        if (padded()) {
            Rows.assignSums(gradient.mulColumnVector(column(real(1), steps.dataType())), last(), rows(steps));
        } else {
            steps.slice(visits - 1L).assign(gradient);
        }
        return steps;
    }

    /** For each example the row {@code v * batch + b} of its last real step, or of its first visit. */
    private int[] last() {
        int[] last = new int[batch];
        for (int b = 0; b < batch; b++) {
            last[b] = Math.max(0, lengths[b] - 1) * batch + b;
        }
        return last;
    }

    /** For the first visits, at {@code v * batch + b}: 1 for a real step, 0 for padding. */
    private double[] real(int first) {
        double[] real = new double[first * batch];
        for (int i = 0; i < real.length; i++) {
            real[i] = i / batch < lengths[i % batch] ? 1 : 0;
        }
        return real;
    }

    private static INDArray rows(INDArray steps) {
        return steps.reshape('c', steps.size(0) * steps.size(1), steps.size(2));
    }

    /**
     * {@return numbers as a column}
     *
     * @param numbers the numbers
     * @param type the data type
     */
    static INDArray column(double[] numbers, DataType type) {
        return Nd4j.createFromArray(numbers).castTo(type).reshape('c', numbers.length, 1);
    }
}
