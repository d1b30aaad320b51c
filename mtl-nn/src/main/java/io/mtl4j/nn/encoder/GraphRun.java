package io.mtl4j.nn.encoder;

import org.nd4j.linalg.api.ndarray.INDArray;

/** One pass through a graph: all that is needed to run it forward again, should its layers have served another since. */
final class GraphRun {

    private final INDArray input;
    private final INDArray mask;
    private final boolean training;
    private final long seed;
    private boolean statisticsMoved;

    /**
     * Describes a pass.
     *
     * @param input the batch in the graph's order of dimensions
     * @param mask of time steps {@code [batch, time]}, or null
     * @param training whether dropout and batch statistics are in use
     * @param seed of everything that is drawn
     */
    GraphRun(INDArray input, INDArray mask, boolean training, long seed) {
        this.input = input;
        this.mask = mask;
        this.training = training;
        this.seed = seed;
    }

    INDArray input() {
        return input;
    }

    INDArray mask() {
        return mask;
    }

    boolean training() {
        return training;
    }

    long seed() {
        return seed;
    }

    /** {@return whether this is the first backward pass, which moves the running statistics} */
    boolean moveStatistics() {
        boolean first = !statisticsMoved;
        statisticsMoved = true;
        return first;
    }
}
