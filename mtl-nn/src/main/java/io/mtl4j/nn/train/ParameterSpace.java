package io.mtl4j.nn.train;

import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.model.ParameterLayout;
import io.mtl4j.nn.model.StepPass;
import io.mtl4j.step.Jacobian;
import io.mtl4j.step.Requirement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradients of the shared parameters: K backward passes through the whole network. */
final class ParameterSpace implements GradientSpace {

    private final Memory memory;
    private final StepPass pass;
    private final Seed seed;
    private final Divergence divergence;
    private final Map<Integer, DeviceJacobian> made = new HashMap<>();
    private double[][] gramian;
    private double[] rowWeights;

    /** What steps have in common: memory for the gradients of this step's batch and of further ones. */
    record Memory(
            Network network,
            Gradients gradients,
            Set<Requirement> requirements,
            BatchLoader training,
            Map<Integer, Gradients> furtherDraws) {

        private static final int HELD_OUT = -1;

        Gradients ofHeldOut() {
            return ofDraw(HELD_OUT);
        }

        private Gradients ofDraw(int draw) {
            return draw == 0 ? gradients : furtherDraws.computeIfAbsent(draw, d -> network.newGradients());
        }
    }

    ParameterSpace(Memory memory, StepPass pass, Seed seed, Divergence divergence) {
        this.memory = memory;
        this.pass = pass;
        this.seed = seed;
        this.divergence = divergence;
    }

    @Override
    public Jacobian jacobian(int draw) {
        Requirement needed = draw == 0 ? Requirement.JACOBIAN : Requirement.INDEPENDENT_JACOBIANS;
        if (!memory.requirements().contains(needed)) {
            throw new IllegalStateException(
                    "this step has no such Jacobian; the method must ask for Requirement." + needed);
        }
        return made.computeIfAbsent(draw, this::compute);
    }

    @Override
    public INDArray rows() {
        made.computeIfAbsent(0, this::compute);
        return memory.gradients().jacobian();
    }

    private DeviceJacobian compute(int draw) {
        Seed own = seed.child(10 + draw);
        StepPass of =
                draw == 0 ? pass : memory.network().forward(memory.training().draw(own), own);
        Gradients target = memory.ofDraw(draw);
        of.jacobian(target);
        ParameterLayout layout = memory.network().store().layout();
        DeviceJacobian jacobian =
                new DeviceJacobian(target.jacobian(), granularity -> ParameterGroups.of(layout, granularity));
        if (draw == 0) {
            gramian = jacobian.gramian();
            divergence.requireFiniteGradients(gramian);
        } else if (rowWeights != null) {
            jacobian.scaleRows(rowWeights);
        }
        return jacobian;
    }

    @Override
    public void scale(double[] weights) {
        rowWeights = weights.clone();
        made.values().forEach(jacobian -> jacobian.scaleRows(weights));
        memory.gradients().scaleOwn(weights);
    }

    @Override
    public INDArray direction() {
        return memory.gradients().shared();
    }

    @Override
    public void follow() {
        // the direction is in its place already
    }

    @Override
    public double[][] gramian() {
        return gramian;
    }
}
