package io.mtl4j.nn.model;

import io.mtl4j.nn.kernel.ImageLayout;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The way back of a batch in two parts, with room between them for whoever decides how the tasks go together: each head by
 * itself to the one representation that all present tasks read, and from there once through the shared layers.
 *
 * <p>With z the representation {@code [batch, ...]}, flattened in row-major order to N numbers, {@link #jacobian} has the
 * rows {@code ∂L_k/∂z} and {@link #backward} the rest of the chain rule: for {@code v = Σ w_k ∂L_k/∂z} it gives the
 * gradient of {@code Σ w_k L_k} with respect to the shared parameters, in one pass.
 */
public final class RepresentationPass {

    private final boolean[] present;
    private final int reader;
    private final SourcePass pass;
    private final INDArray representation;

    /**
     * Finds the representation.
     *
     * @param byTask the pass of each task, {@code [K]}; null for absent ones
     * @param names the tasks' names
     * @throws IllegalStateException if no task is present, or two present tasks read different representations
     */
    RepresentationPass(SourcePass[] byTask, List<String> names) {
        int[] readers =
                IntStream.range(0, byTask.length).filter(k -> byTask[k] != null).toArray();
        if (readers.length == 0) {
            throw new IllegalStateException("no task has a label in this batch, so nothing flows back to the"
                    + " representation; ask for its gradients only where a task is present");
        }
        this.present = new boolean[byTask.length];
        this.reader = readers[0];
        this.pass = byTask[reader];
        INDArray common = pass.representation(reader);
        for (int k : readers) {
            present[k] = true;
            if (byTask[k].representation(k) != common) {
                throw new IllegalStateException("tasks \"" + names.get(reader) + "\" and \"" + names.get(k)
                        + "\" read different representations, so there is no gradient of one that they share; use hard"
                        + " sharing, or a method that works on gradients of the parameters");
            }
        }
        this.representation = ImageLayout.plain(common);
    }

    /** {@return the representation z, {@code [batch, ...]}; do not modify} */
    public INDArray values() {
        return representation;
    }

    /**
     * Runs each present task's head backward.
     *
     * @param gradients receives the gradients of each task's own parameters in {@link Gradients#flat()}, whose shared part
     *     means nothing then
     * @return {@code ∂L_k/∂z} as row k, {@code [K, N]}, zero for absent tasks; in the memory of the current arena
     */
    public INDArray jacobian(Gradients gradients) {
        INDArray rows = Nd4j.createUninitialized(representation.dataType(), present.length, representation.length());
        if (IntStream.range(0, present.length).anyMatch(k -> !present[k])) {
            gradients.flat().assign(0);
            rows.assign(0);
        }
        for (int k = 0; k < present.length; k++) {
            if (present[k]) {
                INDArray gradient = ImageLayout.plain(pass.headBackward(k, gradients.views()));
                rows.getRow(k, true).assign(gradient.reshape('c', 1, representation.length()));
            }
        }
        return rows;
    }

    /**
     * Runs the shared layers backward, once.
     *
     * @param direction the gradient with respect to the representation, {@code [N]}
     * @param gradients receives the gradients of the shared parameters in {@link Gradients#shared()}
     */
    public void backward(INDArray direction, Gradients gradients) {
        INDArray[] byTask = new INDArray[present.length];
        byTask[reader] = direction.reshape('c', representation.shape());
        pass.trunkBackward(byTask, gradients.views());
    }
}
