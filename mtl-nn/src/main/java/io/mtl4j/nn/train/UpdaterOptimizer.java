package io.mtl4j.nn.train;

import io.mtl4j.nn.model.ParameterLayout;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Any updater of DL4J (Sgd, Nesterovs, Adam, AMSGrad, RmsProp, ...) over the flat vector of parameters. The learning rate
 * follows the trainer's schedule, so a schedule inside the updater is refused.
 */
final class UpdaterOptimizer implements Optimizer {

    private final IUpdater updater;
    private final double learningRate;

    UpdaterOptimizer(IUpdater updater) {
        this.updater = Objects.requireNonNull(updater, "updater").clone();
        this.learningRate = updater.hasLearningRate() ? updater.getLearningRate(0, 0) : Double.NaN;
        if (updater.hasLearningRate() && !(learningRate > 0 && Double.isFinite(learningRate))) {
            throw new IllegalArgumentException("optimizer " + updater.getClass().getSimpleName() + ": learning rate = "
                    + learningRate + "; it must be positive and finite");
        }
        if (updater instanceof AdaBelief) {
            throw new IllegalArgumentException(
                    "optimizer AdaBelief: DL4J 1.0.0-M2.1 indexes its memory out of bounds and"
                            + " cannot start it; choose Adam or AMSGrad");
        }
        if (updater.hasLearningRate() && updater.getLearningRate(1000, 100) != learningRate) {
            throw new IllegalArgumentException("optimizer " + updater.getClass().getSimpleName()
                    + " has a schedule of its own; give the schedule to the trainer: learningRate(...)");
        }
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public Run start(ParameterLayout layout, DataType type) {
        IUpdater own = updater.clone();
        long size = own.stateSize(layout.trainedLength());
        INDArray state = size == 0 ? Nd4j.empty(type) : Nd4j.zeros(type, 1, size);
        return new Running(own, own.instantiate(size == 0 ? null : state, true), state);
    }

    @Override
    public String toString() {
        return updater.toString();
    }

    private record Running(IUpdater updater, GradientUpdater<?> rule, INDArray state) implements Run {

        @Override
        public void update(INDArray parameters, INDArray gradient, double rate, long step) {
            if (updater.hasLearningRate()) {
                rule.getConfig().setLrAndSchedule(rate, null);
            }
            INDArray row = gradient.reshape('c', 1, gradient.length());
            rule.applyUpdater(row, Math.toIntExact(step), 0);
            parameters.subi(row.reshape(gradient.length()));
        }
    }
}
