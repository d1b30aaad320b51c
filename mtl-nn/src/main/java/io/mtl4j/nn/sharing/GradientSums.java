package io.mtl4j.nn.sharing;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradients that come together from several readers of the same arrays; null where none came. */
final class GradientSums {

    private final INDArray[] sums;

    GradientSums(int count) {
        this.sums = new INDArray[count];
    }

    /** Adds a gradient; null adds nothing. Neither it nor what came before is changed. */
    void add(int at, INDArray gradient) {
        if (gradient != null) {
            sums[at] = sums[at] == null ? gradient : sums[at].add(gradient);
        }
    }

    INDArray[] all() {
        return sums;
    }
}
