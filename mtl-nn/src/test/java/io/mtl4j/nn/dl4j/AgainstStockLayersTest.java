package io.mtl4j.nn.dl4j;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** In one plain graph, beside DL4J's layers and with the same parameters, ours compute the same. */
class AgainstStockLayersTest {

    static Stream<Arguments> cases() {
        return casesOf(pair -> true);
    }

    /** If nothing is padding, the gradients of DL4J's attention are twice what finite differences say. */
    static Stream<Arguments> gradientCases() {
        return casesOf(pair -> !attends(pair));
    }

    /** Only sequences have padding, and in DL4J's attention padding attends as well. */
    static Stream<Arguments> paddedCases() {
        return casesOf(pair -> pair.sequence() && !attends(pair));
    }

    /** Training moves the biases that only our layer has. */
    static Stream<Arguments> trainedCases() {
        return casesOf(pair -> new TwinGraph(pair, DataType.DOUBLE, WorkspaceMode.NONE).sameParameters());
    }

    private static boolean attends(StockPair pair) {
        return pair.name().contains("attention");
    }

    private static Stream<Arguments> casesOf(Predicate<StockPair> fits) {
        return StockPairs.ALL.stream()
                .filter(fits)
                .flatMap(pair -> Stream.of(DataType.DOUBLE, DataType.FLOAT)
                        .flatMap(type -> Stream.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)
                                .map(mode -> Arguments.of(pair, type, mode))));
    }

    private static double tolerance(DataType type) {
        return type == DataType.DOUBLE ? 1e-9 : 1e-4;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void activationsAreEqual(StockPair pair, DataType type, WorkspaceMode mode) {
        TwinGraph twin = new TwinGraph(pair, type, mode);
        INDArray x = twin.input();
        for (boolean training : new boolean[] {false, true}) {
            Map<String, INDArray> all = twin.graph().feedForward(x, training);
            TwinGraph.assertClose(all.get("stock"), all.get("ours"), tolerance(type), "training: " + training);
        }
        INDArray[] outputs = twin.graph().output(x);
        TwinGraph.assertClose(outputs[1], outputs[0], tolerance(type), "output");
    }

    @ParameterizedTest
    @MethodSource("gradientCases")
    void gradientsAreEqual(StockPair pair, DataType type, WorkspaceMode mode) {
        TwinGraph twin = new TwinGraph(pair, type, mode);
        for (int repetition = 0; repetition < 2; repetition++) { // workspaces learn their size in the first
            twin.computeGradients(twin.batch(twin.input(), null));
            twin.assertSameGradients(tolerance(type));
        }
    }

    @ParameterizedTest
    @MethodSource("paddedCases")
    void gradientsAreEqualWithPadding(StockPair pair, DataType type, WorkspaceMode mode) {
        TwinGraph twin = new TwinGraph(pair, type, mode);
        INDArray mask = Nd4j.createFromArray(
                        new double[][] {{1, 1, 1, 1, 1}, {1, 1, 1, 0, 0}, {1, 0, 0, 0, 0}, {1, 1, 1, 1, 0}})
                .castTo(type);
        twin.computeGradients(twin.batch(twin.input(), mask));
        twin.assertSameGradients(tolerance(type));
    }

    @ParameterizedTest
    @MethodSource("trainedCases")
    void trainedParametersAndStatisticsAreEqual(StockPair pair, DataType type, WorkspaceMode mode) {
        TwinGraph twin = new TwinGraph(pair, type, mode);
        MultiDataSet batch = twin.batch(twin.input(), null);
        for (int step = 0; step < 3; step++) {
            twin.graph().fit(batch);
        }
        twin.assertSameParameters(10 * tolerance(type)); // three steps add up
        INDArray[] outputs = twin.graph().output(batch.getFeatures(0));
        TwinGraph.assertClose(outputs[1], outputs[0], 10 * tolerance(type), "output");
    }
}
