package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The features of vectors and of the steps of sequences, and the channels of plain pictures: put together and parted. */
final class Features {

    private static final int SEQUENCE_RANK = 3;

    private Features() {}

    /** Their number. */
    static int count(Shape shape) {
        if (shape instanceof Shape.Image image) {
            return image.channels();
        }
        long[] sizes = shape.dimensions();
        if (sizes[sizes.length - 1] < 0) {
            throw new IllegalArgumentException(shape + " has no features; put an embedding before it");
        }
        return (int) sizes[sizes.length - 1];
    }

    /** The same shape with another number of them. */
    static Shape with(Shape shape, int count) {
        if (shape instanceof Shape.Image image) {
            return Shape.image(count, image.height(), image.width());
        }
        return shape instanceof Shape.Sequence ? Shape.sequence(count) : Shape.vector(count);
    }

    private static int axis(INDArray x) {
        return x.rank() == SEQUENCE_RANK ? 2 : 1;
    }

    /** The arrays side by side. */
    static INDArray concat(List<INDArray> parts) {
        return parts.size() == 1 ? parts.get(0) : Nd4j.concat(axis(parts.get(0)), parts.toArray(new INDArray[0]));
    }

    /** The opposite: copies of parts with so many features each. */
    static List<INDArray> split(INDArray x, int... counts) {
        if (counts.length == 1) {
            return List.of(x);
        }
        List<INDArray> parts = new ArrayList<>();
        long from = 0;
        for (int count : counts) {
            INDArrayIndex[] place = new INDArrayIndex[x.rank()];
            Arrays.fill(place, NDArrayIndex.all());
            place[axis(x)] = NDArrayIndex.interval(from, from + count);
            parts.add(x.get(place).dup('c'));
            from += count;
        }
        return parts;
    }

    /** Means over the pixels of pictures or the real steps of sequences, {@code [batch, features]}. */
    static INDArray means(INDArray x, INDArray mask) {
        if (x.rank() == 2) {
            return x;
        }
        if (x.rank() > SEQUENCE_RANK) {
            return x.mean(2, 3);
        }
        if (mask == null) {
            return x.mean(1);
        }
        INDArray counted =
                x.mul(mask.reshape('c', mask.size(0), mask.size(1), 1).broadcast(x.shape()));
        return counted.sum(1).diviColumnVector(mask.sum(true, 1));
    }
}
