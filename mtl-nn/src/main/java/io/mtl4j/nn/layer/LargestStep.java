package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The {@link SequencePool} that takes each feature's largest value. */
record LargestStep(Shape outputShape, Slot<LargestStep.Trace> trace, boolean needsGradient) implements Layer {

    /** Below every activation of a working network, and finite in single precision. */
    private static final double LOWEST = -1e30;

    /** What backward needs: the input with padding far down, and the largest values {@code [batch, features]}. */
    record Trace(INDArray x, INDArray largest) {}

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray mask = pass.mask();
        INDArray steps = x;
        if (mask != null) {
            steps = x.add(mask.castTo(x.dataType()).rsub(1).muli(LOWEST).reshape('c', x.size(0), x.size(1), 1));
        }
        INDArray largest = steps.max(1);
        pass.save(trace, new Trace(steps, largest));
        return mask == null ? largest : largest.mul(real(largest));
    }

    /** 1 for examples with real steps, 0 for the others. */
    private static INDArray real(INDArray largest) {
        return largest.gt(LOWEST / 2).castTo(largest.dataType());
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        if (!needsGradient) {
            return null;
        }
        Trace t = pass.load(trace);
        long[] row = {t.x.size(0), 1, t.x.size(2)};
        INDArray equal =
                t.x.eq(t.largest.reshape('c', row).broadcast(t.x.shape())).castTo(gradient.dataType());
        INDArray share = gradient.mul(real(t.largest)).divi(equal.sum(1));
        return equal.mul(share.reshape('c', row));
    }
}
