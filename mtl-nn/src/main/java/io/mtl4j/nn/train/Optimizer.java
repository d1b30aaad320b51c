package io.mtl4j.nn.train;

import io.mtl4j.nn.model.ParameterLayout;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/** Turns gradients into updates of the flat vector of parameters. Immutable; {@link #start} makes what remembers. */
public interface Optimizer {

    /**
     * {@return an updater of DL4J as an optimiser}
     *
     * @param updater such as Sgd, Nesterovs, Adam, AMSGrad, RmsProp; without a schedule of its own
     * @throws IllegalArgumentException if its learning rate is not positive, or it has a schedule, or DL4J cannot start it
     */
    static Optimizer of(IUpdater updater) {
        return new UpdaterOptimizer(updater);
    }

    /** {@return the learning rate at which a schedule has factor 1; NaN if the method has none} */
    double learningRate();

    /**
     * Begins a training.
     *
     * @param layout where parameters lie
     * @param type data type of the parameters
     * @return the running optimiser
     */
    Run start(ParameterLayout layout, DataType type);

    /** An optimiser at work: it remembers moments and the like. */
    interface Run {

        /**
         * Updates the parameters.
         *
         * @param parameters the flat vector of all that is trained {@code [N]}, changed
         * @param gradient the flat gradient {@code [N]}; may be overwritten
         * @param rate the learning rate of this step; ignored by methods without one
         * @param step number of updates done before
         */
        void update(INDArray parameters, INDArray gradient, double rate, long step);

        /** {@return all that is remembered, a vector, live; empty if nothing is} */
        INDArray state();
    }
}
