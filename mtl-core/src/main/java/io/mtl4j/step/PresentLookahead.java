package io.mtl4j.step;

import java.util.Arrays;

/**
 * A look-ahead in the numbering of the present tasks.
 *
 * @param tasks the view whose numbering it is
 * @param whole the look-ahead of all tasks
 */
record PresentLookahead(PresentTasks tasks, Lookahead whole) implements Lookahead {

    @Override
    public double[] hypergradient(double[] weights, double[] priorities) {
        return tasks.gather(whole.hypergradient(tasks.scatter(weights), tasks.scatter(priorities)));
    }

    @Override
    public double[][] hypergradients(double[] weights, double[][] priorities) {
        double[][] scattered = Arrays.stream(priorities).map(tasks::scatter).toArray(double[][]::new);
        return Arrays.stream(whole.hypergradients(tasks.scatter(weights), scattered))
                .map(tasks::gather)
                .toArray(double[][]::new);
    }

    @Override
    public double[] lossesAfter(double[] weights, int steps) {
        return tasks.gather(whole.lossesAfter(tasks.scatter(weights), steps));
    }

    @Override
    public double[] lossesAfterSharedStep(double[] weights) {
        return tasks.gather(whole.lossesAfterSharedStep(tasks.scatter(weights)));
    }

    @Override
    public double[][] heldOutProducts(double[] weights) {
        double[][] all = whole.heldOutProducts(tasks.scatter(weights));
        double[][] rows = new double[weights.length + 1][];
        for (int i = 0; i < rows.length; i++) {
            double[] row = all[i < weights.length ? tasks.place(i) : all.length - 1];
            rows[i] = Arrays.copyOf(tasks.gather(row), weights.length + 1);
            rows[i][weights.length] = row[row.length - 1];
        }
        return rows;
    }
}
