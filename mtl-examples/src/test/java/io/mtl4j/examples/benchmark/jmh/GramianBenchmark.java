package io.mtl4j.examples.benchmark.jmh;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.aggregation.GramianAggregator;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The aggregators that need only the Gramian: what they cost beyond it. Krum needs three tasks and fails with two. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GramianBenchmark {

    /** Which method, by its name in {@link Aggregations#names()}. */
    @Param({
        "sum",
        "mean",
        "upgrad",
        "dualproj",
        "mgda",
        "mgda-frank-wolfe",
        "pcgrad",
        "gradvac",
        "imtl-g",
        "cagrad",
        "nash-mtl",
        "fairgrad",
        "aligned-mtl",
        "config",
        "krum"
    })
    public String method;

    /** Number of tasks K. */
    @Param({"2", "8", "32"})
    public int tasks;

    private GramianAggregator aggregator;
    private RandomStep step;
    private double[][] gramian;

    /** Makes the method and a Gramian of random gradients. */
    @Setup
    public void prepare() {
        aggregator = (GramianAggregator) Aggregations.byName(method);
        step = new RandomStep(tasks, 1000);
        gramian = step.jacobian().gramian();
    }

    /** The weights of the tasks. */
    @Benchmark
    public double[] weights() {
        return aggregator.weights(Arrays.stream(gramian).map(double[]::clone).toArray(double[][]::new), step.next());
    }
}
