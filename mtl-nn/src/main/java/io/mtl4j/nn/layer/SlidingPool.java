package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.kernel.OneDnn;
import io.mtl4j.nn.kernel.Pooling;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** The bound form of the poolings that slide a window. */
record SlidingPool(
        Window window, boolean greatest, Shape.Image outputShape, Slot<SlidingPool.Kept> kept, boolean needsGradient)
        implements Layer {

    /** What backward needs: oneDNN's choices with the pooling itself, or the input. */
    record Kept(Pooling direct, INDArray values) {}

    static SlidingPool bind(Window window, boolean greatest, Shape input, Binder binder) {
        return new SlidingPool(
                window, greatest, window.slide(input, 0, binder), binder.slot(), binder.inputNeedsGradient());
    }

    @Override
    public boolean takesBlocks() {
        return true;
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        if (OneDnn.serves(x)) {
            Pooling pooling = new Pooling(window.over(ImageLayout.picture(x), outputShape), greatest);
            Pooling.Result result = pooling.forward(x);
            pass.save(kept, new Kept(pooling, result.chosen()));
            return result.output();
        }
        INDArray y = Nd4j.createUninitialized(
                x.dataType(), x.size(0), outputShape.channels(), outputShape.height(), outputShape.width());
        run("", y, x);
        pass.save(kept, new Kept(null, x));
        return y;
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        if (!needsGradient) {
            return null;
        }
        Kept k = pass.load(kept);
        if (k.direct != null) {
            return k.direct.backward(gradient, k.values);
        }
        INDArray dx = k.values.ulike();
        run("_bp", dx, k.values, gradient);
        return dx;
    }

    private void run(String suffix, INDArray output, INDArray... inputs) {
        Nd4j.exec(DynamicCustomOp.builder((greatest ? "maxpool2d" : "avgpool2d") + suffix)
                .addInputs(inputs)
                .addOutputs(output)
                .addIntegerArguments(window.pooling())
                .build());
    }
}
