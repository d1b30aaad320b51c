package io.mtl4j.nn.train;

import io.mtl4j.nn.kernel.RowProducts;
import io.mtl4j.nn.layer.MatMul;
import io.mtl4j.step.Jacobian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The gradients of the tasks where they lie. Products are summed in double precision, and gradients as small as
 * 1e-30 neither vanish nor lose their angles.
 */
final class DeviceJacobian implements Jacobian {

    private final INDArray matrix;
    private final Function<Granularity, List<ColumnRange>> groups;
    private final long offset;
    private double[][] gramian;

    /**
     * Makes the Jacobian of all columns.
     *
     * @param matrix {@code [K, D]}
     * @param groups the groups of its columns
     */
    DeviceJacobian(INDArray matrix, Function<Granularity, List<ColumnRange>> groups) {
        this(matrix, groups, 0);
    }

    private DeviceJacobian(INDArray matrix, Function<Granularity, List<ColumnRange>> groups, long offset) {
        this.matrix = matrix;
        this.groups = groups;
        this.offset = offset;
    }

    @Override
    public int rows() {
        return matrix.rows();
    }

    @Override
    public long columns() {
        return matrix.columns();
    }

    @Override
    public double[][] gramian() {
        if (gramian == null) {
            gramian = product(matrix, matrix);
        }
        return Arrays.stream(gramian).map(double[]::clone).toArray(double[][]::new);
    }

    /** Multiplies each row by its weight, in place. */
    void scaleRows(double[] weights) {
        for (int k = 0; k < weights.length; k++) {
            matrix.getRow(k).muli(weights[k]);
        }
        gramian = null;
    }

    @Override
    public double[][] products(Jacobian other) {
        if (!(other instanceof DeviceJacobian that) || that.rows() != rows() || that.columns() != columns()) {
            throw new IllegalArgumentException("product with a Jacobian of " + other.rows() + " x " + other.columns()
                    + " where " + rows() + " x " + columns()
                    + " of the same model was expected; take both from the same training step");
        }
        return product(matrix, that.matrix);
    }

    /**
     * Where single precision cannot be relied on, and where there is no faster way, all is computed in double precision.
     */
    static double[][] product(INDArray a, INDArray b) {
        if (RowProducts.serves(a, b)) {
            double[][] products = RowProducts.of(a, b);
            if (a == b ? squaresInRange(products) : inRange(a) && inRange(b)) {
                return products;
            }
        }
        INDArray out = Nd4j.createUninitialized(DataType.DOUBLE, a.rows(), b.rows());
        return MatMul.into(a.castTo(DataType.DOUBLE), false, b.castTo(DataType.DOUBLE), true, out)
                .toDoubleMatrix();
    }

    private static boolean inRange(INDArray rows) {
        return squaresInRange(RowProducts.of(rows, rows));
    }

    private static boolean squaresInRange(double[][] products) {
        return IntStream.range(0, products.length).allMatch(k -> RowProducts.isReliable(products[k][k]));
    }

    @Override
    public double[] row(int task) {
        return matrix.getRow(task).toDoubleVector();
    }

    @Override
    public Jacobian slice(long from, long to) {
        INDArray columns = matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
        return new DeviceJacobian(columns.dup('c'), groups, offset + from);
    }

    @Override
    public List<ColumnRange> groups(Granularity granularity) {
        List<ColumnRange> inside = new ArrayList<>();
        for (ColumnRange group : groups.apply(granularity)) {
            long from = Math.max(group.from() - offset, 0);
            long to = Math.min(group.to() - offset, columns());
            if (from < to) {
                inside.add(new ColumnRange(group.name(), from, to));
            }
        }
        return List.copyOf(inside);
    }
}
