package io.mtl4j.examples.benchmark.jmh;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Lstm;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.TransformerBlock;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
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
 * Single layers in the shapes of the reference networks, in an arena as in training. {@code forwardBackward} also computes
 * the gradient of the input.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LayerBenchmark {

    /** Which layer: {@code dense}, {@code conv}, {@code lstm} or {@code transformer}. */
    @Param({"dense", "conv", "lstm", "transformer"})
    public String layer;

    private LayerRun run;

    /** Makes the layer. */
    @Setup
    public void bind() {
        run = of(layer);
    }

    static LayerRun of(String layer) {
        return switch (layer) {
            case "dense" ->
                new LayerRun(new Dense(512, Activation.RELU, Initializer.HE_NORMAL), Shape.vector(784), 256, 784);
            case "conv" -> new LayerRun(Conv2d.of(64, 3), Shape.image(32, 32, 32), 128, 32, 32, 32);
            case "lstm" -> new LayerRun(new Lstm(128), Shape.sequence(64), 64, 32, 64);
            case "transformer" ->
                new LayerRun(
                        new TransformerBlock(
                                4, 256, Activation.RELU, TransformerBlock.Norm.POST, 0, Initializer.GLOROT_UNIFORM),
                        Shape.sequence(128),
                        64,
                        32,
                        128);
            default ->
                throw new IllegalArgumentException("layer \"" + layer + "\"; use dense, conv, lstm or transformer");
        };
    }

    /** The output. */
    @Benchmark
    public INDArray forward() {
        try (MemoryWorkspace arena = Arena.open("JMH")) {
            return run.forward(run.pass());
        }
    }

    /** The output, then the gradients of the input and of the parameters. */
    @Benchmark
    public INDArray forwardBackward() {
        try (MemoryWorkspace arena = Arena.open("JMH")) {
            Pass pass = run.pass();
            run.forward(pass);
            return run.backward(pass);
        }
    }
}
