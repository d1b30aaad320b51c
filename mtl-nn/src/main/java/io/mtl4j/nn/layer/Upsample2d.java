package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.kernel.OneDnn;
import io.mtl4j.nn.kernel.Picture;
import io.mtl4j.nn.kernel.Pooling;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes a square of each pixel: pictures become a whole number of times as high and wide, without parameters. It is computed as
 * the transpose of the mean over squares, times their area.
 *
 * @param factor rows and columns of a square, at least 1
 */
public record Upsample2d(int factor) implements LayerSpec {

    /** Checks the value. */
    public Upsample2d {
        Require.atLeast("upsample: factor", factor, 1);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Image image)) {
            throw new IllegalArgumentException("upsample: input is " + input + "; it takes pictures");
        }
        return new Bound(
                new Window("upsample", factor, factor, 1, Padding.VALID),
                image,
                Shape.image(
                        image.channels(),
                        Require.product("upsample: rows", image.height(), factor),
                        Require.product("upsample: columns", image.width(), factor)),
                binder.inputNeedsGradient());
    }

    private record Bound(Window squares, Shape.Image small, Shape.Image outputShape, boolean needsGradient)
            implements Layer {

        @Override
        public boolean takesBlocks() {
            return true;
        }

        private Pooling mean(INDArray pictures) {
            int batch = ImageLayout.picture(pictures).batch();
            Picture large = new Picture(batch, outputShape.channels(), outputShape.height(), outputShape.width());
            return new Pooling(squares.over(large, small), false);
        }

        private static INDArray pictures(Shape.Image shape, INDArray like) {
            return Nd4j.createUninitialized(
                    like.dataType(), like.size(0), shape.channels(), shape.height(), shape.width());
        }

        private INDArray run(String operation, INDArray output, INDArray... inputs) {
            Nd4j.exec(DynamicCustomOp.builder(operation)
                    .addInputs(inputs)
                    .addOutputs(output)
                    .addIntegerArguments(squares.pooling())
                    .build());
            return output;
        }

        private double area() {
            return (double) squares.kernel() * squares.kernel();
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            if (OneDnn.serves(x)) {
                return mean(x).backward(x, null).muli(area());
            }
            INDArray any = pictures(outputShape, x).assign(0);
            return run("avgpool2d_bp", any.ulike(), any, x).muli(area());
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            if (!needsGradient) {
                return null;
            }
            return OneDnn.serves(gradient)
                    ? mean(gradient).forward(gradient).output().muli(area())
                    : run("avgpool2d", pictures(small, gradient), gradient).muli(area());
        }
    }
}
