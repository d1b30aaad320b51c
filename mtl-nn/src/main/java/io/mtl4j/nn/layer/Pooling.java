package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** The bound form of the poolings that slide a window: a native operation and its derivative. */
record Pooling(String operation, int[] arguments, Shape.Image outputShape, Slot<INDArray> input, boolean needsGradient)
        implements Layer {

    static Pooling bind(String operation, Window window, Shape input, Binder binder) {
        return new Pooling(
                operation,
                window.pooling(),
                window.slide(input, 0, binder),
                binder.slot(),
                binder.inputNeedsGradient());
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y = Nd4j.createUninitialized(
                x.dataType(), x.size(0), outputShape.channels(), outputShape.height(), outputShape.width());
        Nd4j.exec(DynamicCustomOp.builder(operation)
                .addInputs(x)
                .addOutputs(y)
                .addIntegerArguments(arguments)
                .build());
        pass.save(input, x);
        return y;
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        if (!needsGradient) {
            return null;
        }
        INDArray x = pass.load(input);
        INDArray dx = x.ulike();
        Nd4j.exec(DynamicCustomOp.builder(operation + "_bp")
                .addInputs(x, gradient)
                .addOutputs(dx)
                .addIntegerArguments(arguments)
                .build());
        return dx;
    }
}
