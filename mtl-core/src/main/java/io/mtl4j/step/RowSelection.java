package io.mtl4j.step;

import java.util.List;

/** Some rows of a Jacobian. */
final class RowSelection implements Jacobian {

    private final Jacobian whole;
    private final int[] rows;

    RowSelection(Jacobian whole, int[] rows) {
        this.whole = whole;
        this.rows = rows.clone();
    }

    @Override
    public int rows() {
        return rows.length;
    }

    @Override
    public long columns() {
        return whole.columns();
    }

    @Override
    public double[][] gramian() {
        return select(whole.gramian(), rows);
    }

    @Override
    public double[][] products(Jacobian other) {
        if (!(other instanceof RowSelection selection)) {
            throw new IllegalArgumentException("a selection of " + rows.length + " rows can be multiplied only with a"
                    + " selection of the same rows; select the other Jacobian's rows, too");
        }
        return select(whole.products(selection.whole), selection.rows);
    }

    private double[][] select(double[][] all, int[] columns) {
        double[][] selected = new double[rows.length][columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                selected[i][j] = all[rows[i]][columns[j]];
            }
        }
        return selected;
    }

    @Override
    public double[] row(int task) {
        return whole.row(rows[task]);
    }

    @Override
    public double[] combine(double[] weights) {
        double[] all = new double[whole.rows()];
        for (int i = 0; i < rows.length; i++) {
            all[rows[i]] = weights[i];
        }
        return whole.combine(all);
    }

    @Override
    public Jacobian slice(long from, long to) {
        return new RowSelection(whole.slice(from, to), rows);
    }

    @Override
    public List<ColumnRange> groups(Granularity granularity) {
        return whole.groups(granularity);
    }
}
