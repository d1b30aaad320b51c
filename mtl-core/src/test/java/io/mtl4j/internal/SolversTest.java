package io.mtl4j.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/** The solvers: optimality conditions of what they return, and agreement with another solver. */
class SolversTest {

    @Property(tries = 150)
    void theMinNormPointSatisfiesItsOptimalityConditions(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 64) int n,
            @ForAll @IntRange(min = 1, max = 80) int columns,
            @ForAll @IntRange(min = 0, max = 4) int spread) {
        double[][] rows = rows(seed, n, columns, spread);
        double[] w = MinNormPoint.weights(gramian(rows));
        assertEquals(1, Matrices.sum(w), 1e-12);
        double[] d = combine(w, rows);
        double square = Matrices.dot(d, d);
        for (int k = 0; k < n; k++) {
            assertTrue(w[k] >= 0, "w = " + w[k]);
            double slack = Matrices.dot(rows[k], d) - square;
            double scale = length(rows[k]) * longest(rows, w);
            assertTrue(slack >= -1e-9 * scale, "slack " + slack + " at scale " + scale);
            assertTrue(w[k] == 0 || Math.abs(slack) <= 1e-9 * scale, "slack " + slack + " on the support");
        }
    }

    @Property(tries = 40)
    void theMinNormPointIsThatOfAnotherSolver(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 12) int n,
            @ForAll @IntRange(min = 2, max = 30) int columns) {
        double[][] rows = rows(seed, n, columns, 0);
        double[][] gramian = gramian(rows);
        double[] solved = ojAlgo(gramian, new double[n], new double[n], true);
        double[] inside = Arrays.stream(solved).map(x -> Math.max(0, x)).toArray();
        double[] other = Matrices.scale(1 / Matrices.sum(inside), inside);
        double longest = Arrays.stream(Matrices.diagonal(gramian)).max().orElse(0);
        double found = square(gramian, MinNormPoint.weights(gramian));
        assertEquals(square(gramian, other), found, 1e-6 * longest);
        assertTrue(found <= square(gramian, other) + 1e-13 * longest, "no longer than the other");
    }

    @Property(tries = 100)
    void theMinNormPointOfTwoIsTheClosedForm(@ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int spread) {
        double[][] g = gramian(rows(seed, 2, 6, spread));
        double first = (g[1][1] - g[0][1]) / (g[0][0] + g[1][1] - 2 * g[0][1]);
        assertEquals(Math.max(0, Math.min(1, first)), MinNormPoint.weights(g)[0], 1e-12);
    }

    @Property(tries = 150)
    void theDualConeProjectionSatisfiesItsOptimalityConditions(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 64) int n,
            @ForAll @IntRange(min = 1, max = 80) int columns,
            @ForAll @IntRange(min = 0, max = 4) int spread) {
        double[][] h = DualCone.normalise(gramian(rows(seed, n, columns, spread)), 1e-4, 0);
        double[] b = new double[n];
        b[(int) Math.floorMod(seed, (long) n)] = 1;
        double[] v = DualCone.project(h, b);
        double[] multipliers = Matrices.times(h, v);
        double size = Arrays.stream(v).map(Math::abs).max().orElse(0);
        for (int k = 0; k < n; k++) {
            assertTrue(v[k] >= b[k], "v[" + k + "] = " + v[k]);
            assertTrue(multipliers[k] >= -1e-11 * size, "multiplier " + multipliers[k]);
            assertTrue(
                    v[k] == b[k] || Math.abs(multipliers[k]) <= 1e-11 * size,
                    "multiplier " + multipliers[k] + " where v is free");
        }
    }

    @Property(tries = 40)
    void theNonNegativeQuadraticIsThatOfAnotherSolver(@ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int n) {
        double[][] h = gramian(rows(seed, n, n + 3, 0));
        double[] q = rows(seed + 1, 1, n, 0)[0];
        double[] x = NonNegativeQuadratic.solve(h, q);
        double[] other = ojAlgo(h, q, new double[n], false);
        double scale = 1 + Arrays.stream(x).max().orElse(0);
        for (int i = 0; i < n; i++) {
            assertEquals(other[i], x[i], 1e-4 * scale);
        }
    }

    @Property(tries = 100)
    void bargainingSolvesItsEquation(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 64) int n,
            @ForAll @IntRange(min = 0, max = 4) int spread,
            @ForAll @IntRange(min = 1, max = 4) int halves) {
        double power = halves / 2.0;
        double[][] gramian = gramian(rows(seed, n, 100, spread));
        double[] w = Bargaining.weights(gramian, power);
        double[] products = Matrices.times(gramian, w);
        for (int k = 0; k < n; k++) {
            assertEquals(1, products[k] * Math.pow(w[k], power), 1e-8);
        }
    }

    @Property(tries = 100)
    void conflictAversionIsTheBestPointOfItsBall(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 24) int n,
            @ForAll @IntRange(min = 1, max = 12) int tenths) {
        double c = tenths / 10.0;
        double[][] rows = rows(seed, n, 40, 1);
        double[][] gramian = gramian(rows);
        double[] pull = ConflictAverse.pull(gramian, c, 0);
        double[] equal = new double[n];
        Arrays.fill(equal, 1.0 / n);
        double radius = c * Matrices.norm(gramian, equal);
        assertEquals(radius, Matrices.norm(gramian, pull), 1e-9 * radius, "the optimum is on the sphere");
        double[] w = Matrices.scale(1 / Matrices.sum(pull), pull);
        double[] products = Matrices.times(gramian, equal);
        double dual = Matrices.dot(w, products) + radius * Matrices.norm(gramian, w);
        double primal = Double.POSITIVE_INFINITY;
        double[] pulled = Matrices.times(gramian, pull);
        for (int k = 0; k < n; k++) {
            primal = Math.min(primal, products[k] + pulled[k]);
        }
        assertEquals(dual, primal, 1e-8 * (Math.abs(dual) + radius * radius), "no gap between primal and dual");
    }

    @Property(tries = 100)
    void eigenvectorsAreOrthonormalAndGiveTheMatrixBack(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 64) int n,
            @ForAll @IntRange(min = 1, max = 70) int columns) {
        double[][] a = gramian(rows(seed, n, columns, 2));
        SymmetricEigen eigen = SymmetricEigen.of(a);
        double[][] v = eigen.vectors();
        for (int i = 0; i < n; i++) {
            double[] unit = new double[n];
            unit[i] = 1;
            double[] column = eigen.apply(eigen.values(), unit);
            double[] identity = eigen.apply(ones(n), unit);
            for (int j = 0; j < n; j++) {
                assertEquals(a[j][i], column[j], 1e-12 * eigen.largest());
                assertEquals(unit[j], identity[j], 1e-12);
                assertEquals(i == j ? 1 : 0, Matrices.dot(v[i], v[j]), 1e-12);
            }
        }
    }

    @Property(tries = 100)
    void thePseudoInverseSolvesWhatCanBeSolvedAndIgnoresTheRest(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int n,
            @ForAll @IntRange(min = 1, max = 25) int columns) {
        double[][] a = gramian(rows(seed, n, columns, 0));
        double[] x = rows(seed + 1, 1, n, 0)[0];
        double[] b = Matrices.times(a, x);
        double[] solution = PseudoInverse.times(a, b);
        double[] again = Matrices.times(a, solution);
        double scale = Arrays.stream(b).map(Math::abs).max().orElse(0);
        for (int i = 0; i < n; i++) {
            assertEquals(b[i], again[i], 1e-7 * scale);
        }
        assertTrue(length(solution) <= length(x) * (1 + 1e-6), "the shortest solution");
    }

    @Property(tries = 200)
    void theSimplexProjectionSatisfiesItsOptimalityConditions(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 64) int n) {
        double[] v = rows(seed, 1, n, 0)[0];
        double[] w = SimplexProjection.project(v);
        assertEquals(1, Matrices.sum(w), 1e-12);
        double threshold = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            threshold = w[i] > 0 ? v[i] - w[i] : threshold;
        }
        for (int i = 0; i < n; i++) {
            assertTrue(w[i] >= 0);
            assertTrue(w[i] == 0 || Math.abs(v[i] - w[i] - threshold) <= 1e-12, "all that is left is shifted alike");
            assertTrue(w[i] > 0 || v[i] <= threshold + 1e-12, "what is cut lies below the threshold");
        }
    }

    @Property(tries = 50)
    void aGrowingCholeskyFactorSolvesAndRefusesDependentColumns(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n) {
        double[][] a = gramian(rows(seed, n, n + 5, 0));
        double[] x = rows(seed + 1, 1, n, 0)[0];
        CholeskyFactor factor = CholeskyFactor.of(a);
        assertArrayEquals(x, factor.solve(Matrices.times(a, x)), 1e-6);
        double[][] twice = new double[n + 1][];
        for (int i = 0; i < n; i++) {
            twice[i] = Arrays.copyOf(a[i], n + 1);
            twice[i][n] = a[i][0];
        }
        twice[n] = Arrays.copyOf(a[0], n + 1);
        twice[n][n] = a[0][0];
        CholeskyFactor growing = new CholeskyFactor(n + 1);
        for (int i = 0; i < n; i++) {
            assertTrue(growing.append(twice[i], twice[i][i], 1e-14));
        }
        assertTrue(!growing.append(twice[n], twice[n][n], 1e-10), "a column that is there already");
        assertEquals(n, growing.size());
    }

    @Property(tries = 1)
    void matricesThatAreNoneAreRefused() {
        double[][] indefinite = {{1, 2}, {2, 1}};
        assertThrows(ArithmeticException.class, () -> CholeskyFactor.of(indefinite));
        assertThrows(
                ArithmeticException.class, () -> SymmetricEigen.of(new double[][] {{1, Double.NaN}, {Double.NaN, 1}}));
    }

    /** Random rows whose lengths differ by up to 10^spread. */
    private static double[][] rows(long seed, int n, int columns, int spread) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[n][columns];
        for (double[] row : rows) {
            double size = Math.pow(10, -spread * random.nextDouble());
            Arrays.setAll(row, i -> size * random.nextGaussian());
        }
        return rows;
    }

    private static double[][] gramian(double[][] rows) {
        double[][] gramian = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            gramian[i] = Matrices.times(rows, rows[i]);
        }
        return gramian;
    }

    private static double[] combine(double[] w, double[][] rows) {
        double[] d = new double[rows[0].length];
        for (int k = 0; k < w.length; k++) {
            for (int i = 0; i < d.length; i++) {
                d[i] += w[k] * rows[k][i];
            }
        }
        return d;
    }

    private static double square(double[][] gramian, double[] w) {
        return Matrices.dot(w, Matrices.times(gramian, w));
    }

    private static double length(double[] x) {
        return Math.sqrt(Matrices.dot(x, x));
    }

    /** The size of the terms that make up the point. */
    private static double longest(double[][] rows, double[] w) {
        double longest = 0;
        for (int k = 0; k < w.length; k++) {
            longest = Math.max(longest, w[k] * length(rows[k]));
        }
        return longest;
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Solves {@code min ½xᵀHx - qᵀx, x ≥ low}, on the simplex if wanted, with ojAlgo. */
    private static double[] ojAlgo(double[][] h, double[] q, double[] low, boolean simplex) {
        int n = q.length;
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        Variable[] x = new Variable[n];
        for (int i = 0; i < n; i++) {
            x[i] = model.newVariable("x" + i).lower(low[i]).weight(BigDecimal.valueOf(-q[i]));
        }
        Expression quadratic = model.newExpression("objective").weight(BigDecimal.valueOf(0.5));
        Expression sum = simplex ? model.newExpression("sum").level(1) : null;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                quadratic.set(x[i], x[j], h[i][j]);
            }
            if (simplex) {
                sum.set(x[i], 1);
            }
        }
        Optimisation.Result result = model.minimise();
        double[] found = new double[n];
        Arrays.setAll(found, i -> result.doubleValue(i));
        return found;
    }
}
