package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A differentiable function of fixed shapes. A layer holds no arrays: parameters, buffers and what the backward pass needs
 * live in the {@link Pass}, so one layer serves many threads and many passes at once.
 *
 * <p>Rules for implementations: neither method changes its arguments; {@link #backward} may run several times after one
 * {@link #forward} (once a task) and must leave what it loaded as it was; it <em>assigns</em> the gradients of all its parameters
 * ({@link Pass#gradient}), it does not add to them; new arrays have the data type of {@code x} and may live in the current
 * ND4J workspace.
 */
public interface Layer {

    /** {@return the shape of an output example} */
    Shape outputShape();

    /**
     * {@return whether {@link #forward} and {@link #backward} take pictures of either {@link
     * io.mtl4j.nn.kernel.ImageLayout form}; where not, those around this layer give it plain ones}
     */
    default boolean takesBlocks() {
        return false;
    }

    /**
     * Computes the output.
     *
     * @param x input, batch first
     * @param pass parameters in, saved arrays out
     * @return output, batch first
     */
    INDArray forward(INDArray x, Pass pass);

    /**
     * Propagates a gradient, after {@link #forward} with the same pass.
     *
     * @param gradient gradient of a scalar with respect to the output
     * @param pass receives the gradients of the parameters
     * @return gradient with respect to the input; null if the layer was bound with {@link Binder#inputNeedsGradient()}
     *     false
     */
    INDArray backward(INDArray gradient, Pass pass);
}
