package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.layer.TabularEmbedding.Column;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TabularEmbeddingTest {

    private static final TabularEmbedding SPEC = new TabularEmbedding(
            List.of(Column.numeric(), Column.categorical(3, 2), Column.numeric(), Column.categorical(1, 1)));
    private static final INDArray ROWS =
            Nd4j.createFromArray(new double[][] {{0.5, 3, -1, 0}, {1.5, 0, 7, 1}, {2.5, 3, 8, 1}});

    @Test
    void gradientsOfTheTablesMatchFiniteDifferences() {
        GradientCheck.checkParameters(SPEC, Shape.vector(4), ROWS, null);
        GradientCheck.checkParameters(SPEC, Shape.vector(4), ROWS.getRow(1, true), null);
    }

    @Test
    void numbersAreCopiedAndCodesReplacedInPlace() {
        LayerRun run = new LayerRun(SPEC, Shape.vector(4), DataType.DOUBLE);
        INDArray y = run.forward(ROWS, null);
        assertEquals(Shape.vector(5), run.layer().outputShape());
        INDArray table = run.value("E1");
        assertEquals(
                Nd4j.createFromArray(
                        1.5,
                        table.getDouble(0, 0),
                        table.getDouble(0, 1),
                        7,
                        run.value("E3").getDouble(1, 0)),
                y.getRow(1));
        assertEquals(table.getDouble(3, 1), y.getDouble(0, 2));
    }

    @Test
    void gradientsReachNumbersButNotCodes() {
        LayerRun run = new LayerRun(SPEC, Shape.vector(4), DataType.DOUBLE);
        run.forward(ROWS, null);
        INDArray dx = run.backward(
                Nd4j.createFromArray(new double[][] {{1, 2, 3, 4, 5}, {6, 7, 8, 9, 10}, {11, 12, 13, 14, 15}}));
        assertEquals(Nd4j.createFromArray(new double[][] {{1, 0, 4, 0}, {6, 0, 9, 0}, {11, 0, 14, 0}}), dx);
        Binder binder = Binder.create();
        Layer data = SPEC.bind(Shape.vector(4), binder.dataInput(true));
        INDArray[] arrays = {Nd4j.zeros(DataType.DOUBLE, 4, 2), Nd4j.zeros(DataType.DOUBLE, 2, 1)};
        Pass pass = new Pass(arrays, new INDArray[0], binder.slots(), null, null, false);
        pass.collectGradients(new INDArray[] {arrays[0].dup(), arrays[1].dup()});
        assertNull(data.backward(data.forward(ROWS, pass), pass));
    }

    @Test
    void refusalsNameColumnAndRule() {
        LayerRun run = new LayerRun(SPEC, Shape.vector(4), DataType.DOUBLE);
        assertEquals(
                "tabular embedding: column 3: code 2.0 at position 1 (in row order); it must be an integer from 0 to 1",
                message(() -> run.forward(Nd4j.createFromArray(new double[][] {{0, 0, 0, 0}, {0, 0, 0, 2}}), null)));
        assertEquals(
                "tabular embedding: input is vector(3) where 4 columns are described; give a vector with one element for"
                        + " each column",
                message(() -> SPEC.bind(Shape.vector(3), Binder.create())));
        message(() -> SPEC.bind(Shape.tokens(4), Binder.create()));
        message(() -> Column.categorical(0, 2));
        message(() -> Column.categorical(2, 0));
        message(() -> new Column(0, 2));
        message(() -> new TabularEmbedding(List.of()));
    }

    private static String message(Executable code) {
        return assertThrows(IllegalArgumentException.class, code).getMessage();
    }
}
