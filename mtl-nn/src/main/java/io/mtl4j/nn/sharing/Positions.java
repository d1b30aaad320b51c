package io.mtl4j.nn.sharing;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays by position {@code [batch, positions, features]}: steps of sequences, pixels of pictures, vectors as one position. */
final class Positions {

    private static final int PICTURES = 4;

    private Positions() {}

    /** A copy of pictures, views of all else. */
    static INDArray of(INDArray x) {
        if (x.rank() == PICTURES) {
            return x.permute(0, 2, 3, 1).dup('c').reshape('c', x.size(0), x.size(2) * x.size(3), x.size(1));
        }
        return x.rank() == 2 ? x.reshape('c', x.size(0), 1, x.size(1)) : x;
    }

    /** The way back: an array of a given shape. */
    static INDArray into(long[] shape, INDArray x) {
        return shape.length == PICTURES
                ? x.reshape('c', shape[0], shape[2], shape[3], shape[1])
                        .permute(0, 3, 1, 2)
                        .dup('c')
                : x.reshape('c', shape);
    }

    /** {@code [batch * positions, features]}: a view. */
    static INDArray rows(INDArray x) {
        return x.reshape('c', x.size(0) * x.size(1), x.size(2));
    }
}
