package io.mtl4j.nn.kernel;

import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The shape of a batch of pictures.
 *
 * @param batch number of pictures
 * @param channels their channels
 * @param height their rows
 * @param width their columns
 */
public record Picture(int batch, int channels, int height, int width) {

    /** The layout of pictures between layers. */
    memory.desc layout() {
        return blocked() ? Layouts.of(ImageLayout.blockedOrder(), shape()) : plain();
    }

    /** What to ask an operation to take: the layout between layers, or its own choice where that is a plain one. */
    memory.desc wish() {
        return blocked() ? layout() : anyLayout();
    }

    memory.desc anyLayout() {
        return Layouts.any(shape());
    }

    memory.desc plain() {
        return Layouts.plain(shape());
    }

    boolean blocked() {
        return channels % ImageLayout.block() == 0;
    }

    /** A picture from a layer in the layout between layers. */
    INDArray arranged(INDArray picture) {
        return blocked() ? ImageLayout.blocked(picture) : Layouts.dense(ImageLayout.plain(picture));
    }

    /** A new array in the layout between layers. */
    INDArray room() {
        return Layouts.aligned(blocked() ? blocks() : shape());
    }

    INDArray plainRoom() {
        return Nd4j.createUninitialized(DataType.FLOAT, shape());
    }

    private long[] blocks() {
        int block = ImageLayout.block();
        return new long[] {batch, channels / block, height, width, block};
    }

    private long[] shape() {
        return new long[] {batch, channels, height, width};
    }
}
