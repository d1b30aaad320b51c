package io.mtl4j.nn.layer;

/**
 * The mean of each window of each channel; padding does not count as values.
 *
 * @param kernel rows and columns of the window, at least 1
 * @param stride step of the window, at least 1
 * @param padding what lies beyond the edge
 */
public record AvgPool2d(int kernel, int stride, Padding padding) implements LayerSpec {

    /** Checks the values. */
    public AvgPool2d {
        window(kernel, stride, padding);
    }

    /**
     * {@return a pooling by windows side by side, without padding: rows and columns left over are dropped}
     *
     * @param size rows and columns of the window, and its step
     */
    public static AvgPool2d of(int size) {
        return new AvgPool2d(size, size, Padding.VALID);
    }

    private static Window window(int kernel, int stride, Padding padding) {
        return new Window("avgPool", kernel, stride, 1, padding);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        return SlidingPool.bind(window(kernel, stride, padding), false, input, binder);
    }
}
