package io.mtl4j.aggregation;

import io.mtl4j.internal.Matrices;
import io.mtl4j.internal.Require;
import io.mtl4j.step.TrainingStep;
import java.util.Arrays;

/**
 * MGDA as Sener and Koltun solve it: Frank-Wolfe steps with exact line search from equal weights towards the shortest
 * vector in the convex hull of the gradients.
 *
 * <p>Sener and Koltun, Multi-Task Learning as Multi-Objective Optimization, NeurIPS 2018, algorithm 2. For comparison
 * with published results: at the usual parameters it stops well short of the shortest vector when K &gt; 2 (30 % off is
 * common with five tasks), so neither {@code <g_k, d> ≥ 0} nor {@code d = 0} at Pareto-stationary points is guaranteed.
 * {@link Mgda} is exact and as fast. Scales with the gradients. Defined for all gradients; one task gets weight 1.
 *
 * @param smallestStep ends when a step is shorter, as a part of the way to a vertex; 1e-3 by default
 * @param iterations the most steps; 100 by default
 */
public record FrankWolfeMgda(double smallestStep, int iterations) implements GramianAggregator {

    /** Checks the numbers. */
    public FrankWolfeMgda {
        Require.within("smallestStep", smallestStep, 0, 1);
        Require.atLeast("iterations", iterations, 1);
    }

    /** Ends below 1e-3, or after 100 steps. */
    public FrankWolfeMgda() {
        this(1e-3, 100);
    }

    @Override
    public String name() {
        return "mgda-frank-wolfe";
    }

    @Override
    public double[] weights(double[][] gramian, TrainingStep step) {
        int n = gramian.length;
        double[] weights = new double[n];
        Arrays.fill(weights, 1.0 / n);
        for (int i = 0; i < iterations; i++) {
            double[] products = Matrices.times(gramian, weights);
            int vertex = 0;
            for (int k = 1; k < n; k++) {
                vertex = products[k] < products[vertex] ? k : vertex;
            }
            double length = lineSearch(products[vertex], Matrices.dot(weights, products), gramian[vertex][vertex]);
            for (int k = 0; k < n; k++) {
                weights[k] *= 1 - length;
            }
            weights[vertex] += length;
            if (length < smallestStep) {
                break;
            }
        }
        return weights;
    }

    /** How far towards the vertex the shortest vector is, for the products of both ends. */
    private static double lineSearch(double mixed, double here, double vertex) {
        if (vertex <= mixed) {
            return 1;
        }
        return here <= mixed ? 0 : (here - mixed) / (here + vertex - 2 * mixed);
    }
}
