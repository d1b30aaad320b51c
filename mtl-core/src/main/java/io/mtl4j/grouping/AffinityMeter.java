package io.mtl4j.grouping;

import io.mtl4j.internal.Require;
import io.mtl4j.step.Lookahead;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import io.mtl4j.task.TaskSet;
import io.mtl4j.weighting.LossWeighting;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Measures the {@link TaskAffinity} in the course of a joint training, which it does not change: it is put around the
 * weighting, and weighs as that does.
 *
 * <pre>{@code
 * AffinityMeter meter = AffinityMeter.around(Weightings.equal()).every(10);
 * Trainer.builder(model).weighting(meter).optimizer(new Sgd(0.05)).epochs(5).build().fit(train);
 * TaskAffinity affinity = meter.affinity(model.tasks());
 * }</pre>
 *
 * <p>In a step that is measured, each present task i makes a virtual step of gradient descent on the shared parameters, from
 * where the model is, and the losses of all tasks on the same batch are computed there (C. Fifty and others, "Efficiently
 * Identifying Task Groupings for Multi-Task Learning", NeurIPS 2021, section 4.1). That costs K backward and K forward passes;
 * an {@code every} of 10 is as good as each step of a long training (their section 5.3); the error of the mean is that of a
 * mean over the steps measured, so that a short one wants each second or so. The mean is over the steps in which both tasks
 * had labels and the loss of j was above 0, for a ratio to it says nothing otherwise.
 *
 * <p>Deviation: the first epoch is left out, where the paper's mean is over all of the training. A step on the random outputs
 * of a new model moves losses a hundred times as far as later ones, with signs that tell of the draw of the parameters and not
 * of the tasks; a mean with that step in it is little else. {@link #fromEpoch} sets where measuring begins.
 *
 * <p>The virtual step is that of plain gradient descent with the learning rate of the trainer (1 for an optimiser that has
 * none) times {@link #stepFactor}. To first order affinities are proportional to it, so that groups do not depend on it. Where
 * a task's affinity to itself is below 0 the step is too long for that: take a factor of 0.1. With an optimiser such as Adam,
 * whose rate is no step size of gradient descent, a factor of 10 or 100 lifts affinities above the rounding of single precision.
 */
public final class AffinityMeter implements LossWeighting {

    private static final String PREFIX = "affinity-";
    private static final String SUMS = "affinity-sums";
    private static final String COUNTS = "affinity-counts";

    private final LossWeighting weighting;
    private final int every;
    private final int firstEpoch;
    private final double stepFactor;
    private double[] sums = {};
    private double[] counts = {};

    private AffinityMeter(LossWeighting weighting, int every, int firstEpoch, double stepFactor) {
        this.weighting = weighting;
        this.every = every;
        this.firstEpoch = firstEpoch;
        this.stepFactor = stepFactor;
    }

    /**
     * {@return a meter of every step after the first epoch}
     *
     * @param weighting what weighs the losses; a fresh one
     */
    public static AffinityMeter around(LossWeighting weighting) {
        return new AffinityMeter(Objects.requireNonNull(weighting, "weighting"), 1, 1, 1);
    }

    /**
     * {@return a meter of every n-th step}
     *
     * @param steps n, at least 1
     */
    public AffinityMeter every(int steps) {
        return new AffinityMeter(
                weighting, Require.atLeast("affinities every so many steps", steps, 1), firstEpoch, stepFactor);
    }

    /**
     * {@return a meter that begins at an epoch}
     *
     * @param epoch from 0; 1 unless set. A model whose outputs were trained before, as in fine-tuning, can do with 0
     */
    public AffinityMeter fromEpoch(int epoch) {
        return new AffinityMeter(weighting, every, Require.atLeast("affinities: first epoch", epoch, 0), stepFactor);
    }

    /**
     * {@return a meter with another length of the virtual step}
     *
     * @param factor what multiplies the trainer's learning rate, above 0; 1 unless set
     */
    public AffinityMeter stepFactor(double factor) {
        return new AffinityMeter(
                weighting, every, firstEpoch, Require.positive("affinities: factor of the step", factor));
    }

    @Override
    public String name() {
        return PREFIX + weighting.name();
    }

    @Override
    public Set<Requirement> requirements() {
        Set<Requirement> all = EnumSet.of(Requirement.LOOKAHEAD);
        all.addAll(weighting.requirements());
        return all;
    }

    @Override
    public double[] weigh(TrainingStep step) {
        if (step.epoch() >= firstEpoch && step.step() % every == 0) {
            measure(step); // first, for the weighting may go on to use the gradients that it computes
        }
        return weighting.weigh(step);
    }

    private void measure(TrainingStep step) {
        int tasks = step.tasks();
        if (sums.length == 0) {
            sums = new double[tasks * tasks];
            counts = new double[tasks * tasks];
        }
        for (int k = 0; k < tasks; k++) {
            if (step.present(k) && !Double.isFinite(step.loss(k))) {
                return; // the weighting, or the trainer, says so
            }
        }
        Lookahead lookahead = step.lookahead();
        for (int i = 0; i < tasks; i++) {
            if (step.present(i)) {
                double[] alone = new double[tasks];
                alone[i] = stepFactor;
                add(i, step, lookahead.lossesAfterSharedStep(alone));
            }
        }
    }

    private void add(int from, TrainingStep step, double[] after) {
        for (int j = 0; j < after.length; j++) {
            if (step.present(j) && step.loss(j) > 0) {
                double affinity = 1 - after[j] / step.loss(j);
                if (Double.isFinite(affinity)) {
                    sums[from * after.length + j] += affinity;
                    counts[from * after.length + j]++;
                }
            }
        }
    }

    /**
     * {@return the mean affinities of the training so far; 0 of two tasks that no step had both of}
     *
     * @param tasks the tasks of the model that was trained
     * @throws IllegalStateException if nothing was measured yet
     * @throws IllegalArgumentException if the model that was trained had another number of tasks
     */
    public TaskAffinity affinity(TaskSet tasks) {
        int size = tasks.size();
        if (sums.length == 0) {
            throw new IllegalStateException(
                    "no affinities were measured yet; give the meter to a trainer as its weighting,"
                            + " and train for more than " + firstEpoch
                            + " epochs, which are not measured, or lower fromEpoch");
        }
        if (sums.length != size * size) {
            throw new IllegalArgumentException("affinities of " + (int) Math.sqrt(sums.length) + " tasks, asked for "
                    + tasks.names() + "; give the tasks of the model that was trained");
        }
        double[][] means = new double[size][size];
        for (int i = 0; i < sums.length; i++) {
            means[i / size][i % size] = counts[i] == 0 ? 0 : sums[i] / counts[i];
        }
        return new TaskAffinity(tasks.names(), means);
    }

    @Override
    public double[] heldOutWeights() {
        return weighting.heldOutWeights();
    }

    @Override
    public void afterUpdate(double[] losses) {
        if (weighting.requirements().contains(Requirement.LOSSES_AFTER_UPDATE)) {
            weighting.afterUpdate(losses);
        }
    }

    @Override
    public MethodState state() {
        MethodState state = new MethodState(name(), weighting.state().values());
        return state.with(SUMS, sums).with(COUNTS, counts);
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name());
        MethodState inner = MethodState.empty(weighting.name());
        for (Map.Entry<String, double[]> entry : state.values().entrySet()) {
            boolean own = entry.getKey().equals(SUMS) || entry.getKey().equals(COUNTS);
            inner = own ? inner : inner.with(entry.getKey(), entry.getValue());
        }
        weighting.restore(inner);
        sums = state.array(SUMS);
        counts = state.array(COUNTS);
    }
}
