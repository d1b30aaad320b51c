package io.mtl4j.examples.benchmark.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.aggregation.GramianAggregator;
import io.mtl4j.aggregation.OnRepresentation;
import io.mtl4j.aggregation.UpdateDirection;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Param;

/** What the benchmarks of single layers and methods measure, done once. */
class SingleBenchmarksTest {

    private static Set<String> methods(Class<?> benchmark) throws NoSuchFieldException {
        return new TreeSet<>(Arrays.asList(
                benchmark.getField("method").getAnnotation(Param.class).value()));
    }

    @Test
    void everyAggregatorIsMeasuredWhereItBelongs() throws NoSuchFieldException {
        Set<String> onTheGramian = methods(GramianBenchmark.class);
        Set<String> onGradients = methods(GradientBenchmark.class);
        // What works on the representation costs what the method inside it costs.
        Set<String> names = new TreeSet<>(Aggregations.names());
        names.removeIf(name -> Aggregations.byName(name) instanceof OnRepresentation);
        for (String name : names) {
            boolean gramian = Aggregations.byName(name) instanceof GramianAggregator;
            assertTrue((gramian ? onTheGramian : onGradients).contains(name), name);
        }
        onGradients.remove("mean");
        onTheGramian.addAll(onGradients);
        assertEquals(names, new TreeSet<>(onTheGramian));
    }

    @Test
    void everyMethodGivesADirection() throws NoSuchFieldException {
        for (String method : methods(GramianBenchmark.class)) {
            GramianBenchmark benchmark = new GramianBenchmark();
            benchmark.method = method;
            benchmark.tasks = 8;
            benchmark.prepare();
            double[] weights = benchmark.weights();
            assertEquals(8, weights.length, method);
            assertTrue(Arrays.stream(weights).anyMatch(w -> w != 0 && Double.isFinite(w)), method);
        }
        for (String method : methods(GradientBenchmark.class)) {
            GradientBenchmark benchmark = new GradientBenchmark();
            benchmark.method = method;
            benchmark.tasks = 4;
            benchmark.columns = 1000;
            benchmark.prepare();
            UpdateDirection direction = benchmark.aggregate();
            int length = direction instanceof UpdateDirection.Vector vector
                    ? vector.direction().length
                    : ((UpdateDirection.Weights) direction).weights().length;
            assertTrue(length == 1000 || length == 4, method + ": " + length);
        }
    }

    @Test
    void gradientsThatNeedTooMuchMemoryAreRefused() {
        GradientBenchmark benchmark = new GradientBenchmark();
        benchmark.method = "mean";
        benchmark.tasks = 32;
        benchmark.columns = 10_000_000;
        assertThrows(IllegalArgumentException.class, benchmark::prepare);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense", "lstm", "transformer"})
    void everyLayerGivesAnOutputAndGradients(String layer) {
        LayerRun run = LayerBenchmark.of(layer);
        var pass = run.pass();
        INDArray output = run.forward(pass);
        assertTrue(output.norm2Number().doubleValue() > 0);
        INDArray inputGradient = run.backward(pass);
        assertEquals(output.size(0), inputGradient.size(0));
        for (INDArray gradient : run.gradients()) {
            assertTrue(Double.isFinite(gradient.norm2Number().doubleValue()));
        }
        assertTrue(run.gradients()[0].norm2Number().doubleValue() > 0);
    }

    @Test
    void theGramianHoldsTheProductsOfTheRows() {
        HostJacobian jacobian = HostJacobian.random(3, 50, 1);
        double[][] gramian = jacobian.gramian();
        double expected = 0;
        for (int i = 0; i < 50; i++) {
            expected += jacobian.row(0)[i] * jacobian.row(2)[i];
        }
        assertEquals(expected, gramian[0][2], 1e-9);
        assertEquals(gramian[0][2], gramian[2][0], 1e-12);
        assertArrayEquals(
                Arrays.copyOfRange(jacobian.row(1), 10, 20),
                jacobian.slice(10, 20).row(1));
    }
}
