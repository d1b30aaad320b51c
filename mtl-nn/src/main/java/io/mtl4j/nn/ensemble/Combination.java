package io.mtl4j.nn.ensemble;

import io.mtl4j.nn.head.Head;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How the answers of an ensemble's members become one: {@link Average}, {@link Vote}, {@link Stacking}, or your own. */
@FunctionalInterface
public interface Combination {

    /**
     * {@return the outputs of the ensemble for one task, of the shape of each member's}
     *
     * @param head the task's head, as the first member has it
     * @param outputs what each member computed, in the order of the members, at least one; not changed
     * @throws IllegalArgumentException if such tasks cannot be combined in this way
     */
    INDArray combine(Head head, List<INDArray> outputs);
}
