package io.mtl4j.nn.train;

/**
 * A loss, a gradient or a running statistic became NaN or infinite, or features of a batch are. The model has been put back to the last good epoch before this was thrown.
 */
public final class TrainingDivergedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The name of the task. */
    private final String task;

    /**
     * Makes the exception.
     *
     * @param task the name of the task
     * @param message what happened, where, and what to do
     */
    public TrainingDivergedException(String task, String message) {
        super(message);
        this.task = task;
    }

    /** {@return the name of the task} */
    public String task() {
        return task;
    }
}
