package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.ImageLayout;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradients that come together from several readers of the same arrays; null where none came. */
final class GradientSums {

    private final INDArray[] sums;

    GradientSums(int count) {
        this.sums = new INDArray[count];
    }

    /** Some gradients, each by itself. */
    static GradientSums of(INDArray[] gradients, int count) {
        GradientSums sums = new GradientSums(count);
        for (int i = 0; i < gradients.length; i++) {
            sums.add(i, gradients[i]);
        }
        return sums;
    }

    /** Adds a gradient, pictures as plain ones; null adds nothing. Neither it nor what came before is changed. */
    void add(int at, INDArray given) {
        if (given != null) {
            INDArray gradient = ImageLayout.plain(given);
            sums[at] = sums[at] == null ? gradient : sums[at].add(gradient);
        }
    }

    /** Adds a gradient in the form of the first; null adds nothing. Neither it nor what came before is changed. */
    void addAsItIs(int at, INDArray gradient) {
        if (gradient != null) {
            sums[at] = sums[at] == null ? gradient : sums[at].add(ImageLayout.like(gradient, sums[at]));
        }
    }

    /** The sums; null where nothing came. */
    INDArray[] all() {
        return sums;
    }
}
