package io.mtl4j.nn.data.image;

import io.mtl4j.nn.data.Standardizer;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Pictures of one size with a byte for each pixel and channel. A selection ({@link #subset}) shares its pixels with the
 * whole.
 */
public final class Pictures {

    private final Shape.Image shape;
    private final int picture;
    private final byte[] pixels;
    private final int[] order;

    private Pictures(Shape.Image shape, byte[] pixels, int[] order) {
        this.shape = shape;
        this.picture = length(shape);
        this.pixels = pixels;
        this.order = order;
    }

    /**
     * {@return pictures}
     *
     * @param shape of one picture
     * @param pixels {@code [pictures, channels, height, width]} in this order, each from 0 to 255 as an unsigned byte; not
     *     copied, because they can be hundreds of megabytes: do not change them afterwards
     * @throws IllegalArgumentException if the number of pixels is not a multiple of a picture's
     */
    public static Pictures of(Shape.Image shape, byte[] pixels) {
        int picture = length(shape);
        if (pixels.length % picture != 0) {
            throw new IllegalArgumentException("pictures: " + pixels.length + " pixels are not a multiple of the "
                    + picture + " of one picture of shape " + shape + "; give whole pictures");
        }
        return new Pictures(
                shape, pixels, IntStream.range(0, pixels.length / picture).toArray());
    }

    /** {@return the shape of one picture} */
    public Shape.Image shape() {
        return shape;
    }

    /** {@return the number of pictures} */
    public int size() {
        return order.length;
    }

    /**
     * {@return one pixel, from 0 to 255}
     *
     * @param index number of the picture
     * @param channel number of the channel
     * @param row from the top
     * @param column from the left
     * @throws IndexOutOfBoundsException if there is no such pixel
     */
    public int pixel(int index, int channel, int row, int column) {
        Objects.checkIndex(channel, shape.channels());
        Objects.checkIndex(row, shape.height());
        Objects.checkIndex(column, shape.width());
        int offset = (channel * shape.height() + row) * shape.width() + column;
        return pixels[order[index] * picture + offset] & 0xFF;
    }

    /**
     * {@return some of these pictures}
     *
     * @param indices their numbers, in any order, also repeated
     * @throws IndexOutOfBoundsException if there is no such picture
     */
    public Pictures subset(int[] indices) {
        int[] chosen = new int[indices.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = order[Objects.checkIndex(indices[i], order.length)];
        }
        return new Pictures(shape, pixels, chosen);
    }

    /** {@return mean and standard deviation of each channel, of pixels from 0 to 1} */
    public Standardizer standardizer() {
        List<Double> mean = new ArrayList<>();
        List<Double> std = new ArrayList<>();
        for (int c = 0; c < shape.channels(); c++) {
            long[] histogram = histogram(c);
            double count = 0;
            double sum = 0;
            double squares = 0;
            for (int value = 0; value < 256; value++) {
                count += histogram[value];
                sum += histogram[value] * (double) value;
                squares += histogram[value] * (double) value * value;
            }
            double average = sum / count;
            double deviation = Math.sqrt(Math.max(0, squares / count - average * average));
            mean.add(average / 255);
            std.add(deviation > 0 ? deviation / 255 : 1);
        }
        return new Standardizer(mean, std);
    }

    private long[] histogram(int channel) {
        long[] histogram = new long[256];
        int plane = shape.height() * shape.width();
        for (int picked : order) {
            int start = picked * picture + channel * plane;
            for (int i = start; i < start + plane; i++) {
                histogram[pixels[i] & 0xFF]++;
            }
        }
        return histogram;
    }

    /** Writes a picture's pixels, each looked up in its channel's table of 256 values. */
    void read(int index, float[][] tables, float[] picture) {
        int plane = shape.height() * shape.width();
        int from = order[index] * this.picture;
        for (int c = 0; c < tables.length; c++) {
            float[] table = tables[c];
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                picture[i] = table[pixels[from + i] & 0xFF];
            }
        }
    }

    private static int length(Shape.Image shape) {
        return Math.multiplyExact(Math.multiplyExact(shape.channels(), shape.height()), shape.width());
    }
}
