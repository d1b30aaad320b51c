package io.mtl4j.nn.dl4j;

import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A "dropout" that halves everything, and overwrites its input where DL4J lets it. */
final class HalveInPlace implements IDropout {

    private static final long serialVersionUID = 1;

    @Override
    public INDArray applyDropout(
            INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
        return result.assign(input.mul(0.5));
    }

    @Override
    public INDArray backprop(INDArray gradient, INDArray result, int iteration, int epoch) {
        return result.assign(gradient.mul(0.5));
    }

    @Override
    public void clear() {}

    @Override
    public IDropout clone() {
        return new HalveInPlace();
    }
}
