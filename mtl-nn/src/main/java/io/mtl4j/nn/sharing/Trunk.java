package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The bound form of a {@link Sharing}: one input, one representation a task. Which parameters count as shared is told by
 * {@link io.mtl4j.nn.layer.Parameter#owner()}.
 */
public interface Trunk {

    /**
     * {@return the shape of a task's representation}
     *
     * @param task the task's number
     */
    Shape representation(int task);

    /**
     * Computes the representations.
     *
     * @param x input of the trunk, batch first
     * @param tasks which tasks are wanted, {@code [K]}
     * @param pass the pass
     * @return by task; null for tasks that are not wanted; the same array may stand for several tasks
     */
    INDArray[] forward(INDArray x, boolean[] tasks, Pass pass);

    /**
     * Propagates the gradients of the tasks' representations; may run several times after one forward. Assigns the
     * gradients of shared parameters and of those owned by the tasks given, and of no others.
     *
     * @param gradients by task; null for tasks that take no part
     * @param pass receives the gradients of the parameters
     * @return the gradient with respect to the input of the trunk, or null if nobody needs it
     */
    INDArray backward(INDArray[] gradients, Pass pass);

    /**
     * {@return what each reader took from several sources in a forward pass: gates, masks, stitches; empty where there is
     * nothing to choose}
     *
     * @param pass a pass that ran forward
     */
    default List<SharingChoice> choices(Pass pass) {
        return List.of();
    }

    /**
     * {@return whether every {@link #backward} assigns the gradients of all shared parameters, whichever tasks it is for; if
     * not, they are set to 0 before it}
     */
    default boolean assignsAllShared() {
        return false;
    }
}
