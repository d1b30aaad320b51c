package io.mtl4j.weighting;

import io.mtl4j.internal.Require;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/** See {@link Weightings#dwa(double)}. */
final class DynamicWeightAverage implements LossWeighting {

    static final String NAME = "dwa";

    private final double temperature;
    private final EpochMeans running = new EpochMeans("running");
    private int epoch;
    private double[] last = {};
    private double[] beforeLast = {};

    DynamicWeightAverage(double temperature) {
        this.temperature = Require.positive("temperature", temperature);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double[] weigh(TrainingStep step) {
        Present present = Present.nonNegative(step, NAME);
        present.requireSameTasks(last.length);
        if (step.epoch() != epoch) {
            roll(step.tasks());
            epoch = step.epoch();
        }
        running.add(present);
        double[] logits = new double[present.size()];
        for (int j = 0; j < logits.length; j++) {
            logits[j] = ratio(present.number(j)) / temperature;
        }
        return present.spread(
                Arrays.stream(Softmax.of(logits)).map(w -> w * logits.length).toArray());
    }

    private void roll(int tasks) {
        beforeLast = last;
        last = new double[tasks];
        for (int task = 0; task < tasks; task++) {
            boolean known = task < beforeLast.length;
            last[task] = running.has(task) ? running.mean(task) : known ? beforeLast[task] : -1;
        }
        running.clear(tasks);
    }

    /** {@return r; 1 where one of the two epochs tells nothing} */
    private double ratio(int task) {
        boolean known = beforeLast.length > 0 && last[task] >= 0 && beforeLast[task] > 0;
        return known ? Math.min(last[task] / beforeLast[task], 1e100) : 1;
    }

    @Override
    public MethodState state() {
        MethodState state = MethodState.empty(NAME).with("epoch", epoch).with("last", last);
        return running.save(state.with("before-last", beforeLast));
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(NAME);
        epoch = (int) state.number("epoch");
        last = state.array("last");
        beforeLast = state.array("before-last");
        if (beforeLast.length != 0 && beforeLast.length != last.length) {
            throw new IllegalArgumentException("state of method \"dwa\": means of " + last.length + " and of "
                    + beforeLast.length + " tasks; both must have one for each task");
        }
        running.restore(state);
    }
}
