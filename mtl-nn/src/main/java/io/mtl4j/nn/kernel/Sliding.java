package io.mtl4j.nn.kernel;

import org.bytedeco.dnnl.memory;

/**
 * A window that slides over pictures.
 *
 * @param in the shape of the pictures it slides over
 * @param out the shape of the pictures it makes
 * @param rows rows of the window
 * @param columns columns of the window
 * @param stride step of the window
 * @param dilation distance of the window's neighbouring elements in the picture
 * @param same whether zeros beyond the edges keep the size: half of them before, the other half and an odd one behind
 */
public record Sliding(Picture in, Picture out, int rows, int columns, int stride, int dilation, boolean same) {

    private static final int FEW_CHANNELS = 3;

    /** What to ask an operation to take as input. */
    memory.desc wishIn() {
        return mixed() ? in.anyLayout() : in.wish();
    }

    /** What to ask an operation to give. */
    memory.desc wishOut() {
        return mixed() ? out.anyLayout() : out.wish();
    }

    /**
     * Whether blocks come out of what is in none: oneDNN has fast code for that where the input is a picture of colours, and its
     * reference code, thirty times as slow, elsewhere, so that it shall choose both sides.
     */
    private boolean mixed() {
        return !in.blocked() && out.blocked() && in.channels() > FEW_CHANNELS;
    }

    long[] window() {
        return new long[] {rows, columns};
    }

    long[] strides() {
        return new long[] {stride, stride};
    }

    /** oneDNN counts the elements left out between two. */
    long[] dilates() {
        return new long[] {dilation - 1L, dilation - 1L};
    }

    long[] before() {
        return new long[] {
            same ? added(out.height(), in.height(), rows) / 2 : 0,
            same ? added(out.width(), in.width(), columns) / 2 : 0
        };
    }

    long[] behind() {
        long[] before = before();
        return new long[] {
            Math.max(0, added(out.height(), in.height(), rows) - before[0]),
            Math.max(0, added(out.width(), in.width(), columns) - before[1])
        };
    }

    /** What the window reads beyond the picture's size; below 0 if it leaves some of the picture out. */
    private long added(int steps, int size, int extent) {
        long reads = (steps - 1L) * stride + (extent - 1L) * dilation + 1 - size;
        return same ? Math.max(0, reads) : reads;
    }
}
