package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The transformer's layers in single precision, where they run on oneDNN, against double precision, where they run on ND4J's
 * own operations: both precisions from the same rounded numbers.
 */
class TransformerPrecisionTest {

    private static final double TOLERANCE = 1e-4;

    /** A layer with sizes, and whether some steps are padding. */
    record Case(LayerSpec spec, int batch, int time, int features, boolean masked) {

        INDArray x() {
            return rounded(1, batch, time, features);
        }

        INDArray mask() {
            if (!masked) {
                return null;
            }
            INDArray mask = Nd4j.ones(DataType.DOUBLE, batch, time);
            for (int b = 1; b < batch; b++) {
                for (int t = 0; t < b % time; t++) {
                    mask.putScalar(b, (t * 2 + b) % time, 0);
                }
            }
            return mask;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (boolean masked : new boolean[] {false, true}) {
            add(cases, 4, 5, 6, 3, masked);
            add(cases, 3, 1, 8, 2, masked);
            add(cases, 1, 1, 1, 1, masked);
            add(cases, 2, 7, 20, 1, masked);
            add(cases, 5, 3, 33, 3, masked);
            add(cases, 6, 32, 64, 4, masked);
        }
        return cases.stream();
    }

    private static void add(List<Case> cases, int batch, int time, int features, int heads, boolean masked) {
        Initializer start = Initializer.GLOROT_UNIFORM;
        TransformerBlock block =
                new TransformerBlock(heads, 2 * features + 1, Activation.TANH, TransformerBlock.Norm.POST, 0, start);
        List<LayerSpec> specs = List.of(
                new SelfAttention(heads, 0, start),
                new LayerNorm(0.1),
                new Residual(Chain.of(new Dense(features, Activation.TANH, start)), Activation.IDENTITY, start, false),
                new Residual(Chain.of(), Activation.IDENTITY, start, false),
                new SequencePool(SequencePool.Kind.MEAN),
                PositionalEncoding.sinusoidal(),
                PositionalEncoding.learned(time),
                block,
                Chain.of(block.withNorm(TransformerBlock.Norm.PRE), block, new SequencePool(SequencePool.Kind.MEAN)));
        specs.forEach(spec -> cases.add(new Case(spec, batch, time, features, masked)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void singlePrecisionAgreesWithDouble(Case example) {
        Results exact = new Run(example, DataType.DOUBLE, example.x()).results();
        INDArray x = example.x().castTo(DataType.FLOAT);
        exact.compare(new Run(example, DataType.FLOAT, x).results());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void arraysOfOtherOrdersAndMemoryOfAnArenaGiveTheSame(Case example) {
        Results exact = new Run(example, DataType.DOUBLE, example.x()).results();
        INDArray wide = Nd4j.create(DataType.FLOAT, example.batch, example.features + 3, example.time + 2);
        INDArray x = wide.permute(0, 2, 1)
                .get(
                        NDArrayIndex.all(),
                        NDArrayIndex.interval(1, example.time + 1),
                        NDArrayIndex.interval(2, example.features + 2))
                .assign(example.x());
        try (MemoryWorkspace arena = Arena.open("TEST")) {
            exact.compare(new Run(example, DataType.FLOAT, x).results());
        }
    }

    @Test
    void droppedAttentionWeightsAgreeWithDoublePrecision() {
        Layer drop = new FixedDrop();
        Slot<INDArray> slot = new Slot<>(0);
        AttentionWeights weights = new AttentionWeights(drop, slot);
        INDArray scores = rounded(3, 2, 3, 4, 4);
        INDArray gradient = rounded(4, 2, 3, 4, 4);
        INDArray mask = Masks.mask("1110", "0111");
        List<INDArray> results = new ArrayList<>();
        for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
            Pass pass = new Pass(new INDArray[0], new INDArray[0], 1, mask, null, false);
            results.add(weights.forward(scores.dup().castTo(type), AttentionWeights.padding(pass.mask(), type), pass)
                    .castTo(DataType.DOUBLE));
            results.add(weights.backward(gradient.dup().castTo(type), pass).castTo(DataType.DOUBLE));
            results.add(weights.backward(gradient.dup().castTo(type), pass).castTo(DataType.DOUBLE));
        }
        for (int i = 0; i < 3; i++) {
            close("result " + i, results.get(i), results.get(i + 3));
        }
        assertEquals(results.get(4), results.get(5));
    }

    /** Drops elements by their position. */
    private record FixedDrop() implements Layer {

        @Override
        public Shape outputShape() {
            return Shape.vector(1);
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            return x.mul(kept(x));
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            return gradient.mul(kept(gradient));
        }

        private static INDArray kept(INDArray x) {
            INDArray kept = Nd4j.create(x.dataType(), x.shape());
            for (long i = 0; i < x.length(); i++) {
                kept.putScalar(i, i % 3 == 0 ? 0 : 1.5);
            }
            return kept;
        }
    }

    @Test
    void threadsThatShareALayerGetTheirOwnAnswers() throws Exception {
        List<Case> examples =
                cases().filter(c -> c.spec instanceof TransformerBlock).toList();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Results>> runs = new ArrayList<>();
            for (int i = 0; i < 4 * examples.size(); i++) {
                Case example = examples.get(i % examples.size());
                runs.add(() -> new Run(example, DataType.FLOAT, example.x().castTo(DataType.FLOAT)).results());
            }
            List<Future<Results>> got = threads.invokeAll(runs);
            for (int i = 0; i < got.size(); i++) {
                Case example = examples.get(i % examples.size());
                new Run(example, DataType.DOUBLE, example.x())
                        .results()
                        .compare(got.get(i).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Normal random numbers that single precision holds exactly. */
    private static INDArray rounded(long seed, long... shape) {
        RandomGenerator random = GradientCheck.random(seed);
        return GradientCheck.array(random, 0.7, shape).castTo(DataType.FLOAT).castTo(DataType.DOUBLE);
    }

    private static void close(String what, INDArray exact, INDArray single) {
        double largest = exact.amaxNumber().doubleValue();
        double worst = exact.sub(single.castTo(DataType.DOUBLE)).amaxNumber().doubleValue();
        // Gradients that vanish by cancellation are compared with the size of what cancels, about 1.
        assertTrue(worst <= TOLERANCE * Math.max(largest, 0.01), what + " is off by " + worst + " of " + largest);
    }

    /** Output, then the gradients of two backward passes with different gradients. */
    private record Results(List<String> names, List<INDArray> arrays) {

        void compare(Results other) {
            assertEquals(names, other.names);
            for (int i = 0; i < names.size(); i++) {
                close(names.get(i), arrays.get(i), other.arrays.get(i));
            }
        }
    }

    /** A layer's forward pass, two backward passes, and the first one again. */
    private static final class Run {
        private final Binder binder = Binder.create();
        private final List<String> names = new ArrayList<>();
        private final List<INDArray> arrays = new ArrayList<>();
        private final INDArray[] gradients;

        Run(Case example, DataType type, INDArray x) {
            Layer layer = example.spec.bind(Shape.sequence(example.features), binder);
            // Small weights: sharp attention would magnify the rounding of single precision itself.
            INDArray[] values =
                    parts(rounded(2, Math.max(1, total())).muli(0.25).castTo(type));
            gradients = parts(Nd4j.valueArrayOf(new long[] {Math.max(1, total())}, Double.NaN, type));
            Pass pass = new Pass(values, new INDArray[0], binder.slots(), example.mask(), null, false);
            pass.collectGradients(gradients);
            INDArray before = x.dup();
            INDArray y = layer.forward(x, pass);
            keep("y", y);
            for (int seed : new int[] {5, 6, 5}) {
                keep("dx" + seed, layer.backward(rounded(seed, y.shape()).castTo(type), pass));
                binder.parameters().forEach(p -> keep(p.name() + seed, gradients[p.index()]));
            }
            assertEquals(before, x, "the input changed");
            int each = 1 + gradients.length;
            for (int i = 1; i <= each; i++) {
                assertEquals(arrays.get(i), arrays.get(i + 2 * each), "not the same again: " + names.get(i));
            }
        }

        private long total() {
            return binder.parameters().stream().mapToLong(Parameter::length).sum();
        }

        /** The parameters' places in one vector, as a model has them. */
        private INDArray[] parts(INDArray vector) {
            long from = 0;
            List<INDArray> parts = new ArrayList<>();
            for (Parameter p : binder.parameters()) {
                parts.add(vector.get(NDArrayIndex.interval(from, from + p.length()))
                        .reshape('c', p.shape()));
                from += p.length();
            }
            return parts.toArray(INDArray[]::new);
        }

        private void keep(String name, INDArray array) {
            names.add(name);
            arrays.add(array.dup('c').detach());
        }

        Results results() {
            return new Results(names, arrays);
        }
    }
}
