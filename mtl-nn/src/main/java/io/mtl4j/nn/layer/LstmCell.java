package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.LstmRun;
import io.mtl4j.nn.kernel.LstmState;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One direction of an {@link Lstm}: a run over the batch's steps in the order of visits. */
record LstmCell(
        boolean reversed,
        Shape outputShape,
        LstmParameters parameters,
        Slot<LstmCell.Trace> trace,
        boolean needsGradient)
        implements Layer {

    /** What backward needs. */
    record Trace(Alignment order, LstmRun run) {}

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        Alignment order = Alignment.of(pass.mask(), (int) x.size(0), (int) x.size(1), reversed);
        INDArray visits = order.toVisits(x);
        LstmRun run = LstmLoop.fastest(
                visits, parameters.values(pass), LstmState.zeros(x.dataType(), x.size(0), parameters.units()));
        pass.save(trace, new Trace(order, run));
        return givesFinalState() ? order.lastVisits(run.states()) : order.fromVisits(run.states());
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        Trace t = pass.load(trace);
        INDArray states =
                givesFinalState() ? t.order.lastGradientToVisits(gradient) : t.order.gradientToVisits(gradient);
        INDArray visits = t.run.backward(states, parameters.values(pass), parameters.gradients(pass));
        return needsGradient ? t.order.fromVisits(visits) : null;
    }

    private boolean givesFinalState() {
        return outputShape instanceof Shape.Vector;
    }
}
