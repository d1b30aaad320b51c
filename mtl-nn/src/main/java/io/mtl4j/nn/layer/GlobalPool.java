package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.kernel.Picture;
import io.mtl4j.nn.kernel.Pooling;
import io.mtl4j.nn.kernel.Sliding;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastRSubOp;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One number for each channel of a picture: {@code [batch, channels, height, width] -> [batch, channels]}.
 *
 * @param kind which number
 */
public record GlobalPool(Kind kind) implements LayerSpec {

    /** What a channel becomes. */
    public enum Kind {
        /** Its mean. */
        AVERAGE,
        /** Its greatest value; equal greatest values share the gradient. */
        MAX
    }

    /** Checks the value. */
    public GlobalPool {
        Objects.requireNonNull(kind, "kind");
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Image image)) {
            throw new IllegalArgumentException("globalPool: input is " + input
                    + "; it takes pictures, so declare the input with Shape.image(channels, height, width)");
        }
        return kind == Kind.AVERAGE
                ? new Average(image, Shape.vector(image.channels()))
                : new Max(image, Shape.vector(image.channels()), binder.slot(), binder.slot());
    }

    private static INDArray rows(INDArray x) {
        long rows = x.size(0) * x.size(1);
        return x.reshape('c', rows, x.length() / rows);
    }

    private record Average(Shape.Image image, Shape outputShape) implements Layer {

        @Override
        public boolean takesBlocks() {
            return true;
        }

        /** The pooling by one window as large as the picture: its output is the channels in their order. */
        private Pooling whole(long batch) {
            Picture in = new Picture((int) batch, image.channels(), image.height(), image.width());
            Picture out = new Picture((int) batch, image.channels(), 1, 1);
            return new Pooling(new Sliding(in, out, image.height(), image.width(), 1, 1, false), false);
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            if (ImageLayout.isBlocked(x)) {
                return whole(x.size(0)).forward(x).output().reshape('c', x.size(0), image.channels());
            }
            INDArray rows = rows(x);
            INDArray y = Nd4j.createUninitialized(x.dataType(), rows.size(0), 1);
            MatMul.into(rows, false, shares(x, rows.size(1), 1), false, y);
            return y.reshape('c', x.size(0), x.size(1));
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            long area = (long) image.height() * image.width();
            INDArray dx = Nd4j.createUninitialized(gradient.dataType(), gradient.length(), area);
            MatMul.into(gradient.reshape('c', gradient.length(), 1), false, shares(gradient, 1, area), false, dx);
            return dx.reshape('c', gradient.size(0), image.channels(), image.height(), image.width());
        }

        private static INDArray shares(INDArray like, long rows, long columns) {
            return Nd4j.valueArrayOf(new long[] {rows, columns}, 1.0 / (rows * columns), like.dataType());
        }
    }

    private record Max(Shape.Image image, Shape outputShape, Slot<INDArray> input, Slot<INDArray> output)
            implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray y = rows(x).max(true, 1);
            pass.save(input, x);
            pass.save(output, y);
            return y.reshape('c', x.size(0), x.size(1));
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray rows = rows(pass.load(input));
            INDArray dx = rows.ulike();
            Nd4j.getExecutioner().exec(new BroadcastRSubOp(rows, pass.load(output), dx, 0));
            Nd4j.getExecutioner().exec(new Step(dx, dx, 0));
            dx.rsubi(1);
            INDArray share = gradient.reshape('c', gradient.length(), 1).div(dx.sum(true, 1));
            Nd4j.getExecutioner().exec(new BroadcastMulOp(dx, share, dx, 0));
            return dx.reshape('c', gradient.size(0), image.channels(), image.height(), image.width());
        }
    }
}
