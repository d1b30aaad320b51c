package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastSubOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A batch seen as a matrix, and statistics by channel of it. Pictures are {@code [batch * channels, height * width]}, one
 * row a channel of an example; vectors and sequences are {@code [examples, channels]}. Sums are products with a vector of
 * ones: the native reductions over several dimensions, and the native batch normalisation, take several times as long.
 *
 * @param image whether rows are channels of pictures
 * @param channels number of channels or features
 * @param weights {@code [1, examples]}, 1 for what counts and 0 for what is masked out; null if all counts
 * @param count number of values of a channel that count
 */
record ChannelLayout(boolean image, long channels, INDArray weights, double count) {

    static long channels(Shape shape, String layer) {
        if (shape instanceof Shape.Image picture) {
            return picture.channels();
        }
        if (shape instanceof Shape.Vector vector) {
            return vector.features();
        }
        if (shape instanceof Shape.Sequence sequence) {
            return sequence.features();
        }
        throw new IllegalArgumentException(
                layer + ": input is " + shape + "; it takes numbers, so put an embedding before it");
    }

    static ChannelLayout of(Shape shape, INDArray x, INDArray mask) {
        long channels = channels(shape, "batch");
        double all = (double) x.length() / channels;
        if (mask == null || !(shape instanceof Shape.Sequence)) {
            return new ChannelLayout(shape instanceof Shape.Image, channels, null, all);
        }
        INDArray weights = mask.castTo(x.dataType()).reshape('c', 1, mask.length());
        return new ChannelLayout(
                false, channels, weights, Math.max(1, weights.sumNumber().doubleValue()));
    }

    /** The batch as this layout's matrix; a view where possible. */
    INDArray matrix(INDArray x) {
        return image
                ? x.reshape('c', x.size(0) * channels, x.length() / (x.size(0) * channels))
                : x.reshape('c', x.length() / channels, channels);
    }

    /** Σ x by channel, masked or not. */
    INDArray sum(INDArray x) {
        if (!image) {
            return columnSum(ones(x, 1, x.size(0)), x);
        }
        INDArray rows = Nd4j.createUninitialized(x.dataType(), x.size(0), 1);
        MatMul.into(x, false, ones(x, x.size(1), 1), false, rows);
        long batch = x.size(0) / channels;
        return columnSum(ones(x, 1, batch), rows.reshape('c', batch, channels));
    }

    /** Σ x y by channel, masked or not; {@code scratch} receives the products. */
    INDArray sumOfProducts(INDArray x, INDArray y, INDArray scratch) {
        return sum(x.muli(y, scratch));
    }

    /** The mean of what counts. */
    INDArray mean(INDArray x) {
        return (weights == null ? sum(x) : columnSum(weights, x)).divi(count);
    }

    /** The mean square of what counts; {@code scratch} receives the squares. */
    INDArray meanSquare(INDArray x, INDArray scratch) {
        return mean(x.muli(x, scratch));
    }

    /** x minus its channel's value, as a new array. */
    INDArray minus(INDArray x, INDArray byChannel) {
        INDArray z = like(x);
        Nd4j.getExecutioner().exec(new BroadcastSubOp(x, spread(x, byChannel), z, dimension()));
        return z;
    }

    /** x times its channel's value, written to {@code z}, which may be x. */
    INDArray times(INDArray x, INDArray byChannel, INDArray z) {
        Nd4j.getExecutioner().exec(new BroadcastMulOp(x, spread(x, byChannel), z, dimension()));
        return z;
    }

    /** Adds its channel's value to each element of x, in place. */
    void add(INDArray x, INDArray byChannel) {
        Nd4j.getExecutioner().exec(new BroadcastAddOp(x, spread(x, byChannel), x, dimension()));
    }

    /** Sets what does not count to 0, in place. */
    void clearMasked(INDArray x) {
        if (weights != null) {
            x.muliColumnVector(weights.reshape('c', weights.length(), 1));
        }
    }

    private int dimension() {
        return image ? 0 : 1;
    }

    /**
     * The channels' values, repeated for each example where rows are channels; always as a matrix, with which the native
     * broadcasts are a hundred times faster than with a vector.
     */
    private INDArray spread(INDArray x, INDArray byChannel) {
        if (!image) {
            return byChannel.reshape('c', 1, channels);
        }
        INDArray repeated = Nd4j.createUninitialized(x.dataType(), x.size(0) / channels, channels);
        MatMul.into(ones(x, repeated.size(0), 1), false, byChannel.reshape('c', 1, channels), false, repeated);
        return repeated.reshape('c', x.size(0), 1);
    }

    private INDArray columnSum(INDArray rowVector, INDArray x) {
        INDArray sum = Nd4j.createUninitialized(x.dataType(), 1, channels);
        return MatMul.into(rowVector, false, x, false, sum).reshape(channels);
    }

    private static INDArray ones(INDArray x, long rows, long columns) {
        return Nd4j.ones(x.dataType(), rows, columns);
    }

    /** A new array of x's type and shape, with anything in it. */
    static INDArray like(INDArray x) {
        return Nd4j.createUninitialized(x.dataType(), x.shape());
    }
}
