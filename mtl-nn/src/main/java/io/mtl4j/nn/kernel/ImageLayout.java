package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.get_effective_cpu_isa;

import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How pictures lie in memory. Plain pictures are {@code [batch, channels, height, width]}. Between layers that know it,
 * they are {@code [batch, channels / block, height, width, block]} with as many channels side by side as a vector register
 * holds: convolutions are then two to five times as fast. The rank of an array tells which of the two it is.
 */
public final class ImageLayout {

    private static final int BLOCKED_RANK = 5;

    private ImageLayout() {}

    /** Asked for when oneDNN is known to be there. */
    private static final class Processor {
        private static final int AVX512 = 0x27;
        private static final boolean WIDE = (get_effective_cpu_isa().value & AVX512) == AVX512;
    }

    private record Key(Picture picture, boolean toBlocked) {
        Conversion prepare() {
            return toBlocked
                    ? new Conversion(picture.plain(), picture.layout())
                    : new Conversion(picture.layout(), picture.plain());
        }
    }

    /** Channels side by side. */
    static int block() {
        return Processor.WIDE ? 16 : 8;
    }

    static memory.format_tag blockedOrder() {
        return Processor.WIDE ? memory.format_tag.nChw16c : memory.format_tag.nChw8c;
    }

    /**
     * {@return whether an array is pictures in blocks}
     *
     * @param x any array
     */
    public static boolean isBlocked(INDArray x) {
        return x.rank() == BLOCKED_RANK;
    }

    /**
     * {@return plain pictures; any other array as it is}
     *
     * @param x pictures of either form, or another array
     */
    public static INDArray plain(INDArray x) {
        if (!isBlocked(x)) {
            return x;
        }
        Picture picture = picture(x);
        return Kernels.get(new Key(picture, false), Key::prepare).into(x, picture.plainRoom());
    }

    /**
     * {@return pictures in blocks}
     *
     * @param x pictures of either form, whose number of channels blocks divide
     */
    static INDArray blocked(INDArray x) {
        if (isBlocked(x)) {
            return x;
        }
        Picture picture = picture(x);
        return Kernels.get(new Key(picture, true), Key::prepare).into(Layouts.dense(x), picture.room());
    }

    /**
     * {@return pictures in the form of others}
     *
     * @param x pictures of either form, or another array
     * @param other an array of the same shape, of either form
     */
    public static INDArray like(INDArray x, INDArray other) {
        if (isBlocked(x) == isBlocked(other)) {
            return x;
        }
        return isBlocked(other) ? blocked(x) : plain(x);
    }

    /**
     * {@return the shape of a batch of pictures}
     *
     * @param x pictures of either form
     */
    public static Picture picture(INDArray x) {
        return new Picture(
                (int) x.size(0), (int) (isBlocked(x) ? x.size(1) * x.size(4) : x.size(1)), (int) x.size(2), (int)
                        x.size(3));
    }
}
