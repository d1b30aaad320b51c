package io.mtl4j.nn.train;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.model.StepPass;
import io.mtl4j.schedule.StepPlan;
import io.mtl4j.step.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One training step: forward, weights or direction, gradient, update. */
final class StepRunner {

    private final MultiTaskModel model;
    private final Network network;
    private final TrainingConfig config;
    private final Set<Requirement> requirements;
    private final BatchLoader heldOut;
    private final Gradients gradients;
    private final ParameterSpace.Memory memory;
    private final ModelPenalties penalties;
    private final Optimizer.Run optimizer;
    private final StepPlanner planner;
    private final Recovery recovery;
    private final GeneratorSteps generators;
    private final ForwardPass forward;

    StepRunner(
            MultiTaskModel model, TrainingConfig config, BatchLoader training, BatchLoader heldOut, Recovery recovery) {
        this.model = model;
        this.network = model.network();
        this.config = config;
        this.requirements = config.requirements();
        this.heldOut = heldOut;
        this.recovery = recovery;
        this.gradients = network.newGradients();
        this.memory = new ParameterSpace.Memory(network, gradients, requirements, training, new HashMap<>());
        this.penalties = new ModelPenalties(network, config.penalties());
        this.planner = new StepPlanner(config.schedule(), config.learningRates(), model);
        this.generators = new GeneratorSteps(model, config);
        this.optimizer = config.optimizer().start(network.store().layout(), network.type());
        this.forward = config.execution() instanceof Execution.Gradients elsewhere
                ? elsewhere.pass()
                : (batch, seed, eachTask) -> network.forward(batch, seed);
    }

    Recovery recovery() {
        return recovery;
    }

    StepPlanner planner() {
        return planner;
    }

    OptimizerMemory optimizerMemory() {
        List<INDArray> parts = new ArrayList<>();
        parts.add(optimizer.state());
        parts.addAll(generators.memories());
        return new OptimizerMemory(parts);
    }

    /** Runs a step. */
    StepOutcome run(StepOrder order) {
        StepPlan plan = planner.plan(order.epoch(), order.stepInEpoch(), order.stepsPerEpoch());
        double rate = config.optimizer().learningRate()
                * config.learningRate().factor(order.step(), order.totalSteps())
                * recovery.rateFactor();
        MultiTaskBatch whole = config.transform().apply(order.batch(), order.step(), order.totalSteps());
        return run(order, planner.restrict(whole, plan), rate, plan);
    }

    private StepOutcome run(StepOrder order, MultiTaskBatch batch, double rate, StepPlan plan) {
        long step = order.step();
        UpdateRanges ranges = planner.ranges(plan);
        Seed seed = new Seed(config.seed()).child(step);
        Divergence divergence = new Divergence(network, order.epoch(), step);
        divergence.requireFiniteFeatures(batch);
        try (MemoryWorkspace arena = Arena.open("TRAIN")) {
            StepPass pass = forward.run(batch, seed, eachTaskIn(step));
            divergence.requireFiniteLosses(pass);
            divergence.requireFiniteStatistics(batch);
            GradientSpace space = space(pass, seed, divergence);
            VirtualSteps lookahead = lookahead(batch, pass, seed, rate);
            Supplier<double[][]> representation = space instanceof RepresentationSpace z ? z::values : null;
            StepView view = new StepView(
                    model.tasks(),
                    pass,
                    order.epoch(),
                    step,
                    seed.child(1),
                    space::jacobian,
                    representation,
                    lookahead);
            double[] used = gradient(pass, view, space, plan);
            addHeldOut(lookahead);
            penalties.addTo(gradients);
            ranges.clear(gradients.flat());
            double norm = GradientNorm.of(gradients.flat());
            divergence.requireFiniteNorm(norm, pass);
            config.clipping().clip(gradients.flat(), norm);
            ranges.update(optimizer, network.store().trained(), gradients.flat(), rate, step);
            lookAfterwards(batch, seed, divergence);
            Map<Integer, Double> made = plan.heads() && pass instanceof BatchPass here
                    ? generators.run(here, gradients, seed.child(3), step, rate, divergence)
                    : Map.of();
            return new StepOutcome(pass.losses(), used, rate, norm, space.gramian(), made);
        }
    }

    private boolean diagnosedIn(long step) {
        return config.diagnosticsEvery() > 0 && step % config.diagnosticsEvery() == 0;
    }

    private boolean eachTaskIn(long step) {
        return config.aggregation().isPresent() || requirements.contains(Requirement.JACOBIAN) || diagnosedIn(step);
    }

    private void lookAfterwards(MultiTaskBatch batch, Seed seed, Divergence divergence) {
        if (requirements.contains(Requirement.LOSSES_AFTER_UPDATE)) {
            StepPass after = forward.run(batch, seed, false);
            divergence.requireFiniteLosses(after);
            config.weighting().afterUpdate(after.losses());
        }
    }

    /** A batch without any label has no representation that a loss depends on; its gradients are zero in any space. */
    private GradientSpace space(StepPass pass, Seed seed, Divergence divergence) {
        boolean some = IntStream.range(0, model.tasks().size()).anyMatch(pass::present);
        return requirements.contains(Requirement.REPRESENTATION) && some && pass instanceof BatchPass here
                ? new RepresentationSpace(here, gradients, divergence)
                : new ParameterSpace(memory, pass, seed, divergence);
    }

    private VirtualSteps lookahead(MultiTaskBatch batch, StepPass pass, Seed seed, double rate) {
        boolean unseen = requirements.contains(Requirement.HELD_OUT);
        boolean wanted = unseen || requirements.contains(Requirement.LOOKAHEAD);
        if (!wanted || !(pass instanceof BatchPass here)) {
            return null;
        }
        MultiTaskBatch drawn = unseen ? heldOut.draw(seed.child(2)) : null;
        return new VirtualSteps(
                config.hypergradients(),
                network,
                gradients,
                memory::ofHeldOut,
                here,
                batch,
                drawn,
                seed,
                virtualRate(rate));
    }

    /** Methods without a learning rate of their own look ahead by 1, for the hypergradient is used up to its scale. */
    private static double virtualRate(double rate) {
        return Double.isNaN(rate) ? 1 : rate;
    }

    private void addHeldOut(VirtualSteps lookahead) {
        double[] weights = config.weighting().heldOutWeights();
        if (weights.length > 0) {
            lookahead.addHeldOut(weights, gradients);
        }
    }

    /** Computes the flat gradient, and tells the weights with which the tasks entered. */
    private double[] gradient(StepPass pass, StepView view, GradientSpace space, StepPlan plan) {
        double[] weights = config.weighting().weigh(view).clone();
        for (int k = 0; k < weights.length; k++) {
            weights[k] *= pass.present(k) ? plan.tasks().get(k) : 1;
        }
        if (config.aggregation().isPresent()) {
            double[] used = StepGradient.aggregate(config.aggregation().get(), view, weights, space);
            pass.addPenaltyGradient(gradients);
            return used;
        }
        if (diagnosedIn(view.step())) {
            space.rows();
        }
        pass.weightedGradient(weights, gradients);
        return weights;
    }
}
