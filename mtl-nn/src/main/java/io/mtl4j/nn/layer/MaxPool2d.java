package io.mtl4j.nn.layer;

/**
 * The greatest value in each window of each channel; among equal values the gradient goes to one of them.
 *
 * @param kernel rows and columns of the window, at least 1
 * @param stride step of the window, at least 1
 * @param padding what lies beyond the edge
 */
public record MaxPool2d(int kernel, int stride, Padding padding) implements LayerSpec {

    /** Checks the values. */
    public MaxPool2d {
        window(kernel, stride, padding);
    }

    /**
     * {@return a pooling by windows side by side, without padding: rows and columns left over are dropped}
     *
     * @param size rows and columns of the window, and its step
     */
    public static MaxPool2d of(int size) {
        return new MaxPool2d(size, size, Padding.VALID);
    }

    private static Window window(int kernel, int stride, Padding padding) {
        return new Window("maxPool", kernel, stride, 1, padding);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        return SlidingPool.bind(window(kernel, stride, padding), true, input, binder);
    }
}
