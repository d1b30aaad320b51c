package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.LstmRun;
import io.mtl4j.nn.kernel.LstmWeights;
import io.mtl4j.nn.kernel.OneDnn;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One direction of an {@link Lstm}: a run over the batch's steps in the order of visits. */
record LstmCell(
        boolean reversed,
        Shape outputShape,
        Parameter inputWeight,
        Parameter recurrentWeight,
        Parameter bias,
        Slot<LstmCell.Trace> trace,
        boolean needsGradient)
        implements Layer {

    /** What backward needs. */
    record Trace(Alignment order, LstmRun run) {}

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        Alignment order = Alignment.of(pass.mask(), (int) x.size(0), (int) x.size(1), reversed);
        INDArray visits = order.toVisits(x);
        LstmRun run =
                OneDnn.serves(visits) ? LstmRun.fused(visits, weights(pass)) : LstmLoop.over(visits, weights(pass));
        pass.save(trace, new Trace(order, run));
        return givesFinalState() ? order.lastVisits(run.states()) : order.fromVisits(run.states());
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        Trace t = pass.load(trace);
        INDArray states =
                givesFinalState() ? t.order.lastGradientToVisits(gradient) : t.order.gradientToVisits(gradient);
        LstmWeights gradients =
                new LstmWeights(pass.gradient(inputWeight), pass.gradient(recurrentWeight), pass.gradient(bias));
        INDArray visits = t.run.backward(states, weights(pass), gradients);
        return needsGradient ? t.order.fromVisits(visits) : null;
    }

    private boolean givesFinalState() {
        return outputShape instanceof Shape.Vector;
    }

    private LstmWeights weights(Pass pass) {
        return new LstmWeights(pass.value(inputWeight), pass.value(recurrentWeight), pass.value(bias));
    }
}
