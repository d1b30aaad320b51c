package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A differentiable function of several arrays. The rules are those of {@link io.mtl4j.nn.layer.Layer}. */
interface Join {

    Shape outputShape();

    /** Whether it takes pictures, and gradients, of either form. */
    default boolean takesBlocks() {
        return false;
    }

    INDArray forward(INDArray[] xs, Pass pass);

    /** The gradients of the arrays, in order; null where nobody needs one. */
    INDArray[] backward(INDArray gradient, Pass pass);

    /** What it chose in a forward pass in which it ran. */
    default List<SharingChoice> choices(Pass pass) {
        return List.of();
    }
}
