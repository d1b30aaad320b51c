package io.mtl4j.nn.data;

import io.mtl4j.internal.Require;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes numbers comparable: {@code (x - mean) / std} with a mean and a standard deviation for each column of a table, or for
 * each channel of pictures. Fit it on the training part only, and keep it with the model: new examples must be given in the
 * same way.
 *
 * @param mean mean of each column or channel, finite
 * @param std standard deviation of each, finite and above 0
 */
public record Standardizer(List<Double> mean, List<Double> std) {

    /** Checks and copies the values. */
    public Standardizer {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != std.size() || mean.isEmpty()) {
            throw new IllegalArgumentException("standardizer: " + mean.size() + " means and " + std.size()
                    + " standard deviations; give one of both for each column or channel");
        }
        mean.forEach(value -> Require.finite("standardizer: mean", value));
        std.forEach(value -> Require.positive("standardizer: standard deviation", value));
    }

    /** {@return mean 0.1307 and standard deviation 0.3081 of the 60,000 training pictures of MNIST, pixels from 0 to 1} */
    public static Standardizer mnist() {
        return new Standardizer(List.of(0.1307), List.of(0.3081));
    }

    /** {@return mean and standard deviation of red, green, blue of the 50,000 training pictures of CIFAR-10, from 0 to 1} */
    public static Standardizer cifar10() {
        return new Standardizer(List.of(0.4914, 0.4822, 0.4465), List.of(0.2470, 0.2435, 0.2616));
    }

    /**
     * {@return mean and population standard deviation of each column or channel; 1 for the deviation of one that is constant}
     *
     * @param array examples first, columns or channels second, then anything: {@code [examples, columns]}, {@code [examples,
     *     channels, height, width]}; NaN is left out
     * @throws IllegalArgumentException if the array has no second dimension, an infinite value, or a column without values
     */
    public static Standardizer fit(INDArray array) {
        INDArray cube = cube(array);
        List<Double> mean = new ArrayList<>();
        List<Double> std = new ArrayList<>();
        for (int c = 0; c < cube.size(1); c++) {
            double[] values = cube.tensorAlongDimension(c, 0, 2).dup('c').data().asDouble();
            Moments moments = new Moments();
            for (double value : values) {
                if (!Double.isNaN(value)) {
                    moments.add(value);
                }
            }
            if (moments.count() == 0) {
                throw new IllegalArgumentException("standardizer: column " + c
                        + " has no values; leave it out, or fit on examples that have some");
            }
            mean.add(moments.mean());
            std.add(moments.std());
        }
        return new Standardizer(mean, std);
    }

    /**
     * {@return standardised examples; the array given is not changed}
     *
     * @param array examples first, columns or channels second, then anything
     * @throws IllegalArgumentException if the array has another number of columns or channels
     */
    public INDArray apply(INDArray array) {
        return check(array).sub(row(mean, array)).divi(row(std, array)).reshape(array.shape());
    }

    /**
     * {@return examples in their original units: the inverse of {@link #apply}; the array given is not changed}
     *
     * @param array examples first, columns or channels second, then anything
     * @throws IllegalArgumentException if the array has another number of columns or channels
     */
    public INDArray invert(INDArray array) {
        return check(array).mul(row(std, array)).addi(row(mean, array)).reshape(array.shape());
    }

    /**
     * {@return a standardised value}
     *
     * @param column number of the column or channel
     * @param value the value
     */
    public double apply(int column, double value) {
        return (value - mean.get(column)) / std.get(column);
    }

    private INDArray check(INDArray array) {
        INDArray cube = cube(array);
        if (cube.size(1) != mean.size()) {
            throw new IllegalArgumentException("standardizer: " + cube.size(1) + " columns where " + mean.size()
                    + " were fitted; give the columns or channels of the training data");
        }
        return cube;
    }

    private static INDArray cube(INDArray array) {
        if (array.rank() < 2) {
            throw new IllegalArgumentException("standardizer: array of rank " + array.rank()
                    + "; give examples first, columns or channels second");
        }
        return array.reshape(array.size(0), array.size(1), -1);
    }

    private static INDArray row(List<Double> values, INDArray like) {
        double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
        return Nd4j.createFromArray(array).reshape(1, array.length, 1).castTo(like.dataType());
    }
}
