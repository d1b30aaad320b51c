package io.mtl4j.nn.train;

import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.aggregation.UpdateDirection;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.MatMul;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.step.Jacobian;
import io.mtl4j.step.Requirement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One training step: forward, weights or direction, gradient, update. */
final class StepRunner {

    private final MultiTaskModel model;
    private final Network network;
    private final TrainingConfig config;
    private final Set<Requirement> requirements;
    private final BatchLoader training;
    private final BatchLoader heldOut;
    private final Gradients gradients;
    private final Map<Integer, Gradients> furtherDraws = new HashMap<>();
    private final Penalties penalties;
    private final Optimizer.Run optimizer;

    /** What a step did. */
    record Outcome(double[] losses, double[] weights, double gradientNorm, double[][] gramian) {}

    StepRunner(MultiTaskModel model, TrainingConfig config, BatchLoader training, BatchLoader heldOut) {
        this.model = model;
        this.network = model.network();
        this.config = config;
        this.requirements = config.requirements();
        this.training = training;
        this.heldOut = heldOut;
        this.gradients = network.newGradients();
        this.penalties = new Penalties(network.store().layout(), network.type());
        this.optimizer = config.optimizer().start(network.store().layout(), network.type());
    }

    INDArray optimizerState() {
        return optimizer.state();
    }

    Outcome run(MultiTaskBatch batch, int epoch, long step, double rate) {
        Seed seed = new Seed(config.seed()).child(step);
        try (MemoryWorkspace arena = Arena.open("TRAIN")) {
            BatchPass pass = network.forward(batch, seed);
            requireFinite(pass, epoch, step);
            Memo jacobians = new Memo(pass, seed, epoch, step);
            StepView view = view(batch, pass, epoch, step, seed, rate, jacobians);
            double[] weights = config.weighting().weigh(view);
            double[] used = config.aggregation().isPresent()
                    ? aggregate(config.aggregation().get(), view, weights, jacobians)
                    : sum(pass, weights);
            penalties.addTo(gradients.flat(), network.store().flat());
            double norm = GradientNorm.of(gradients.flat());
            if (!Double.isFinite(norm)) {
                throw diverged(worstTask(pass), "gradient norm is " + norm, epoch, step);
            }
            config.clipping().clip(gradients.flat(), norm);
            optimizer.update(network.store().flat(), gradients.flat(), rate, step);
            if (requirements.contains(Requirement.LOSSES_AFTER_UPDATE)) {
                BatchPass after = network.forward(batch, seed);
                requireFinite(after, epoch, step);
                config.weighting().afterUpdate(after.losses());
            }
            return new Outcome(pass.losses(), used, norm, jacobians.gramian);
        }
    }

    private StepView view(
            MultiTaskBatch batch, BatchPass pass, int epoch, long step, Seed seed, double rate, Memo jacobians) {
        FiniteDifferenceLookahead lookahead = requirements.contains(Requirement.HELD_OUT)
                ? new FiniteDifferenceLookahead(
                        network, gradients, pass, batch, heldOut.draw(seed.child(2)), seed, virtualRate(rate))
                : null;
        return new StepView(model.tasks(), pass, epoch, step, seed.child(1), jacobians::jacobian, lookahead);
    }

    /** Methods without a learning rate of their own look ahead by 1, for the hypergradient is used up to its scale. */
    private static double virtualRate(double rate) {
        return Double.isNaN(rate) ? 1 : rate;
    }

    private double[] sum(BatchPass pass, double[] weights) {
        pass.weightedGradient(weights, gradients);
        return weights;
    }

    /** The shared parameters follow the aggregator's direction, each task's own parameters their weighted loss. */
    private double[] aggregate(Aggregator aggregator, StepView view, double[] weights, Memo jacobians) {
        jacobians.require(0);
        if (IntStream.range(0, weights.length).anyMatch(k -> view.present(k) && weights[k] != 1)) {
            jacobians.scale(weights);
        }
        UpdateDirection direction = aggregator.aggregate(view);
        INDArray shared = gradients.shared();
        if (direction instanceof UpdateDirection.Weights combined) {
            double[] chosen = combined.weights();
            INDArray row = Nd4j.createFromArray(new double[][] {chosen}).castTo(network.type());
            MatMul.into(row, false, gradients.jacobian(), false, shared.reshape('c', 1, shared.length()));
            return IntStream.range(0, weights.length)
                    .mapToDouble(k -> chosen[k] * weights[k])
                    .toArray();
        }
        double[] vector = ((UpdateDirection.Vector) direction).direction();
        shared.assign(Nd4j.createFromArray(vector).castTo(network.type()));
        double[] unknown = new double[weights.length];
        Arrays.fill(unknown, Double.NaN);
        return unknown;
    }

    private void requireFinite(BatchPass pass, int epoch, long step) {
        for (int k = 0; k < model.tasks().size(); k++) {
            if (pass.present(k) && !Double.isFinite(pass.loss(k))) {
                throw diverged(model.tasks().get(k).name(), "loss is " + pass.loss(k), epoch, step);
            }
        }
    }

    /** The task with the greatest loss: the likeliest cause where only the sum of gradients is known. */
    private String worstTask(BatchPass pass) {
        int worst = 0;
        for (int k = 1; k < model.tasks().size(); k++) {
            if (pass.present(k) && !(pass.loss(k) <= pass.loss(worst))) {
                worst = k;
            }
        }
        return model.tasks().get(worst).name();
    }

    private static TrainingDivergedException diverged(String task, String what, int epoch, long step) {
        return new TrainingDivergedException(
                task,
                "task \"" + task + "\": " + what + " in epoch " + epoch + " at step " + step
                        + "; the model is back at the last good epoch; lower the learning rate, clip the gradient,"
                        + " or look for bad values in the data");
    }

    /** The Jacobians of a step, computed when first asked for. */
    private final class Memo {
        private final BatchPass pass;
        private final Seed seed;
        private final Map<Integer, DeviceJacobian> made = new HashMap<>();
        private final int epoch;
        private final long step;
        private double[][] gramian;
        private double[] rowWeights;

        Memo(BatchPass pass, Seed seed, int epoch, long step) {
            this.pass = pass;
            this.seed = seed;
            this.epoch = epoch;
            this.step = step;
        }

        Jacobian jacobian(int draw) {
            Requirement needed = draw == 0 ? Requirement.JACOBIAN : Requirement.INDEPENDENT_JACOBIANS;
            if (!requirements.contains(needed)) {
                throw new IllegalStateException(
                        "this step has no such Jacobian; the method must ask for Requirement." + needed);
            }
            return require(draw);
        }

        DeviceJacobian require(int draw) {
            return made.computeIfAbsent(draw, this::compute);
        }

        private DeviceJacobian compute(int draw) {
            Gradients target = draw == 0 ? gradients : furtherDraws.computeIfAbsent(draw, d -> network.newGradients());
            Seed own = seed.child(10 + draw);
            BatchPass of = draw == 0 ? pass : network.forward(training.draw(own), own);
            of.jacobian(target);
            DeviceJacobian jacobian =
                    new DeviceJacobian(target.jacobian(), network.store().layout());
            if (draw == 0) {
                gramian = jacobian.gramian();
                requireFinite(gramian);
            } else if (rowWeights != null) {
                jacobian.scaleRows(rowWeights);
            }
            return jacobian;
        }

        private void requireFinite(double[][] products) {
            for (int k = 0; k < products.length; k++) {
                if (!Double.isFinite(products[k][k])) {
                    throw diverged(model.tasks().get(k).name(), "gradient is not finite", epoch, step);
                }
            }
        }

        /** Multiplies the rows, and the gradients of each task's own parameters, by the weights. */
        void scale(double[] weights) {
            rowWeights = weights;
            made.values().forEach(jacobian -> jacobian.scaleRows(weights));
            for (int k = 0; k < weights.length; k++) {
                gradients.scaleOwn(k, weights[k]);
            }
        }
    }
}
