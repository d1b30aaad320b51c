package io.mtl4j.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A Jacobian on the host, for tests: layers of two matrices each, cut at given columns. */
public final class ArrayJacobian implements Jacobian {

    private final double[][] rows;
    private final long[] matrixStarts;

    /** Takes the gradients, and where the parameter arrays start. */
    public ArrayJacobian(double[][] rows, long... matrixStarts) {
        this.rows = rows;
        this.matrixStarts = matrixStarts.length == 0 ? new long[] {0} : matrixStarts;
    }

    @Override
    public int rows() {
        return rows.length;
    }

    @Override
    public long columns() {
        return rows[0].length;
    }

    @Override
    public double[][] gramian() {
        return products(this);
    }

    @Override
    public double[][] products(Jacobian other) {
        double[][] products = new double[rows.length][other.rows()];
        for (int j = 0; j < other.rows(); j++) {
            double[] right = other.row(j);
            for (int i = 0; i < rows.length; i++) {
                for (int c = 0; c < right.length; c++) {
                    products[i][j] += rows[i][c] * right[c];
                }
            }
        }
        return products;
    }

    @Override
    public double[] row(int task) {
        return rows[task].clone();
    }

    @Override
    public Jacobian slice(long from, long to) {
        double[][] part = Arrays.stream(rows)
                .map(row -> Arrays.copyOfRange(row, (int) from, (int) to))
                .toArray(double[][]::new);
        return new ArrayJacobian(part);
    }

    @Override
    public List<ColumnRange> groups(Granularity granularity) {
        int arrays = switch (granularity) {
            case WHOLE -> matrixStarts.length;
            case LAYER -> 2;
            case MATRIX -> 1;
        };
        List<ColumnRange> groups = new ArrayList<>();
        for (int i = 0; i < matrixStarts.length; i += arrays) {
            long end = i + arrays < matrixStarts.length ? matrixStarts[i + arrays] : columns();
            groups.add(new ColumnRange("group" + groups.size(), matrixStarts[i], end));
        }
        return groups;
    }
}
