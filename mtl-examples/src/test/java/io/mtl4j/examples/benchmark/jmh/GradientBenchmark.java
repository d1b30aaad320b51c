package io.mtl4j.examples.benchmark.jmh;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.aggregation.UpdateDirection;
import io.mtl4j.step.Requirement;
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

/**
 * The aggregators that need the whole gradients, which lie in the memory of the JVM here; {@code mean} for comparison: its
 * Gramian is computed in plain Java. More than {@code 8e7} numbers are refused, and the trimmed mean needs three tasks: JMH
 * reports such pairs as failures and goes on.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx8g")
public class GradientBenchmark {

    private static final long MOST = 80_000_000;

    /** Which method, by its name in {@link Aggregations#names()}. */
    @Param({
        "mean",
        "graddrop",
        "graddrop-representation",
        "moco",
        "modo",
        "sdmgrad",
        "db-mtl",
        "excess-mtl",
        "trimmed-mean"
    })
    public String method;

    /** Number of tasks K. */
    @Param({"2", "8", "32"})
    public int tasks;

    /** Length of a gradient D. */
    @Param({"10000", "1000000", "10000000"})
    public int columns;

    private Aggregator aggregator;
    private RandomStep step;

    /** Makes the method and the gradients. */
    @Setup
    public void prepare() {
        if ((long) tasks * columns > MOST) {
            throw new IllegalArgumentException(
                    tasks + " tasks of " + columns + " numbers; together at most " + MOST + " are measured");
        }
        aggregator = Aggregations.byName(method);
        step = new RandomStep(tasks, columns);
        int draws = aggregator.requirements().contains(Requirement.INDEPENDENT_JACOBIANS) ? 3 : 1;
        for (int draw = 0; draw < draws; draw++) {
            step.jacobian(draw);
        }
    }

    /** The direction, or the weights that make it. */
    @Benchmark
    public UpdateDirection aggregate() {
        return aggregator.aggregate(step.next());
    }
}
