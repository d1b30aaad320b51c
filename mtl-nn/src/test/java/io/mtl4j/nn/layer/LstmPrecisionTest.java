package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.layer.Lstm.Direction;
import io.mtl4j.nn.layer.Lstm.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Single precision, which oneDNN computes, against double precision, which ND4J's operations compute. */
class LstmPrecisionTest {

    private static final int UNITS = 5;

    private record Case(String name, INDArray mask, long... input) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Case> cases() {
        return List.of(
                new Case("no mask", null, 3, 6, 4),
                new Case("one of everything", null, 1, 1, 1),
                new Case("one step", null, 3, 1, 2),
                new Case("one example", null, 1, 4, 3),
                new Case("one feature", null, 4, 3, 1),
                new Case("padding in front, in the middle, behind, none", Masks.mixed(), 4, 5, 3),
                new Case("empty examples", Masks.mask("11000", "01000", "00000", "11100"), 4, 5, 3),
                new Case("nothing but padding", Masks.mask("000", "000"), 2, 3, 3),
                new Case("all real", Masks.mask("111", "111"), 2, 3, 3),
                new Case("many units of work", null, 40, 12, 33));
    }

    static Stream<Arguments> runs() {
        return cases().stream()
                .flatMap(c -> Stream.of(Direction.values())
                        .flatMap(d -> Stream.of(Output.values()).map(o -> Arguments.of(c, d, o))));
    }

    private static LayerRun run(Case c, Direction direction, Output output, DataType type) {
        Lstm lstm = new Lstm(UNITS, direction, output, Initializer.GLOROT_UNIFORM);
        return new LayerRun(lstm, Shape.sequence((int) c.input[2]), type);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void singlePrecisionAgreesWithDouble(Case c, Direction direction, Output output) {
        LayerRun exact = run(c, direction, output, DataType.DOUBLE);
        LayerRun single = run(c, direction, output, DataType.FLOAT);
        INDArray x = GradientCheck.array(GradientCheck.random(1), 1, c.input);
        INDArray y = exact.forward(x, c.mask);
        assertClose("output", y, single.forward(x.castTo(DataType.FLOAT), c.mask));
        for (int task = 0; task < 2; task++) {
            INDArray r = GradientCheck.array(GradientCheck.random(2 + task), 1, y.shape());
            INDArray dx = exact.backward(r);
            assertClose("input, task " + task, dx, single.backward(r.castTo(DataType.FLOAT)));
            for (Parameter p : exact.binder().parameters()) {
                assertClose(p.name() + ", task " + task, exact.gradient(p.name()), single.gradient(p.name()));
            }
        }
    }

    private static void assertClose(String what, INDArray exact, INDArray single) {
        assertEquals(DataType.FLOAT, single.dataType(), what);
        assertArrayEquals(exact.shape(), single.shape(), what);
        assertArrayEquals(
                exact.dup('c').data().asDouble(),
                single.dup('c').castTo(DataType.DOUBLE).data().asDouble(),
                1e-4,
                what);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theFirstBackwardPassOfSinglePrecisionChangesNothingForTheNext(Case c, Direction direction, Output output) {
        LayerRun run = run(c, direction, output, DataType.FLOAT);
        INDArray y = run.forward(
                GradientCheck.array(GradientCheck.random(1), 1, c.input).castTo(DataType.FLOAT), c.mask);
        INDArray kept = y.dup();
        INDArray r = GradientCheck.array(GradientCheck.random(2), 1, y.shape()).castTo(DataType.FLOAT);
        INDArray dx = run.backward(r).dup();
        List<INDArray> gradients = gradients(run);
        run.backward(r.mul(-3));
        assertEquals(dx, run.backward(r));
        assertEquals(gradients, gradients(run));
        assertEquals(kept, y, "the output");
    }

    private static List<INDArray> gradients(LayerRun run) {
        return run.binder().parameters().stream()
                .map(p -> run.gradient(p.name()).dup())
                .toList();
    }

    @Test
    void gradientsMayBePartsOfALongerVector() {
        Case c = cases().get(5);
        LayerRun whole = run(c, Direction.FORWARD, Output.EVERY_STEP, DataType.FLOAT);
        INDArray x = GradientCheck.array(GradientCheck.random(1), 1, c.input).castTo(DataType.FLOAT);
        INDArray y = whole.forward(x, c.mask);
        whole.backward(y);
        List<Parameter> parameters = whole.binder().parameters();
        long length = parameters.stream().mapToLong(Parameter::length).sum();
        INDArray rows = Nd4j.valueArrayOf(new long[] {2, length + 2}, 7.0, DataType.FLOAT);
        INDArray[] values = parameters.stream().map(p -> whole.value(p.name())).toArray(INDArray[]::new);
        Pass pass = new Pass(values, new INDArray[0], whole.binder().slots(), c.mask, null, false);
        whole.layer().forward(x, pass);
        pass.collectGradients(parts(rows.getRow(1), parameters));
        whole.layer().backward(y, pass);
        INDArray expected = Nd4j.concat(
                0, gradients(whole).stream().map(g -> g.reshape(g.length())).toArray(INDArray[]::new));
        assertEquals(expected, rows.getRow(1).get(NDArrayIndex.interval(1, length + 1)));
        assertEquals(7.0, rows.getDouble(1, 0), "what lies before");
        assertEquals(7.0, rows.getDouble(1, length + 1), "what lies behind");
        assertEquals(Nd4j.valueArrayOf(length + 2, 7f), rows.getRow(0));
    }

    private static INDArray[] parts(INDArray row, List<Parameter> parameters) {
        INDArray[] parts = new INDArray[parameters.size()];
        long from = 1;
        for (Parameter p : parameters) {
            INDArray part = row.get(NDArrayIndex.interval(from, from + p.length()));
            parts[p.index()] = part.reshape('c', p.shape());
            from += p.length();
        }
        return parts;
    }

    @Test
    void threadsThatPredictAtOnceGetTheSameAnswers() throws InterruptedException, ExecutionException {
        Case c = cases().get(9);
        Lstm lstm = new Lstm(UNITS, Direction.BIDIRECTIONAL, Output.EVERY_STEP, Initializer.GLOROT_UNIFORM);
        INDArray x = GradientCheck.array(GradientCheck.random(1), 1, c.input).castTo(DataType.FLOAT);
        LayerRun first = new LayerRun(lstm, Shape.sequence(33), DataType.FLOAT);
        INDArray y = first.forward(x, null);
        INDArray[] values = first.binder().parameters().stream()
                .map(p -> first.value(p.name()))
                .toArray(INDArray[]::new);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<INDArray>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                answers.add(threads.submit(() -> {
                    try (MemoryWorkspace arena = Arena.open("THREADS")) {
                        Pass pass =
                                new Pass(values, new INDArray[0], first.binder().slots(), null, null, false);
                        return first.layer().forward(x, pass).detach();
                    }
                }));
            }
            for (Future<INDArray> answer : answers) {
                assertEquals(y, answer.get());
            }
        } finally {
            threads.shutdown();
        }
    }
}
