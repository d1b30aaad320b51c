package io.mtl4j.examples.benchmark.jmh;

import io.mtl4j.step.Jacobian;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Gradients in the memory of the JVM, as 32-bit floats. */
final class HostJacobian implements Jacobian {

    private final float[][] rows;

    private HostJacobian(float[][] rows) {
        this.rows = rows;
    }

    /** {@return rows that lean to a common side, so that some tasks agree and others do not} */
    static HostJacobian random(int tasks, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[tasks][columns];
        for (float[] row : rows) {
            float size = (float) Math.exp(random.nextGaussian());
            for (int i = 0; i < columns; i++) {
                row[i] = size * (float) (random.nextDouble() - 0.49);
            }
        }
        return new HostJacobian(rows);
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
        float[][] others = ((HostJacobian) other).rows;
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(others).mapToDouble(o -> dot(row, o)).toArray())
                .toArray(double[][]::new);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Override
    public double[] row(int task) {
        double[] row = new double[rows[task].length];
        for (int i = 0; i < row.length; i++) {
            row[i] = rows[task][i];
        }
        return row;
    }

    @Override
    public Jacobian slice(long from, long to) {
        return new HostJacobian(Arrays.stream(rows)
                .map(row -> Arrays.copyOfRange(row, Math.toIntExact(from), Math.toIntExact(to)))
                .toArray(float[][]::new));
    }

    @Override
    public List<ColumnRange> groups(Granularity granularity) {
        return List.of(new ColumnRange("shared", 0, columns()));
    }
}
