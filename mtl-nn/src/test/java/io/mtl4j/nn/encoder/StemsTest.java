package io.mtl4j.nn.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Resize.Interpolation;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StemsTest {

    private static final Shape PICTURE = Shape.image(2, 3, 4);

    static List<LayerSpec> stems() {
        return List.of(
                Stems.padTo(6, 7),
                Stems.padTo(3, 4),
                Stems.repeatChannels(3),
                Stems.mixChannels(3),
                Stems.resize(5, 9, Interpolation.NEAREST),
                Stems.resize(5, 9, Interpolation.BILINEAR),
                Stems.resize(2, 3, Interpolation.NEAREST),
                Stems.resize(2, 1, Interpolation.BILINEAR),
                Stems.chain(Stems.padTo(5, 5), Stems.repeatChannels(2)));
    }

    @ParameterizedTest
    @MethodSource("stems")
    void gradientsMatchFiniteDifferences(LayerSpec stem) {
        GradientCheck.check(stem, PICTURE, 2, 2, 3, 4);
    }

    @ParameterizedTest
    @MethodSource("stems")
    void returnNoGradientOfDataAndKeepTheirPromiseOfShape(LayerSpec stem) {
        Binder binder = Binder.create();
        Layer layer = stem.bind(PICTURE, binder.dataInput(true));
        Pass pass = new Pass(
                binder.parameters().stream().map(p -> Nd4j.ones(p.shape())).toArray(INDArray[]::new),
                new INDArray[0],
                binder.slots(),
                null,
                null,
                false);
        pass.collectGradients(
                binder.parameters().stream().map(p -> Nd4j.ones(p.shape())).toArray(INDArray[]::new));
        INDArray y = layer.forward(Nd4j.ones(2, 2, 3, 4), pass);
        layer.outputShape().check(y, "output");
        assertNull(layer.backward(y, pass));
    }

    private static INDArray apply(LayerSpec stem, double[][] picture) {
        Shape shape = Shape.image(1, picture.length, picture[0].length);
        INDArray x = Nd4j.create(picture).reshape(1, 1, picture.length, picture[0].length);
        INDArray y = stem.bind(shape, Binder.create())
                .forward(x, new Pass(new INDArray[0], new INDArray[0], 9, null, null, false));
        return y.reshape(y.size(1) * y.size(2), y.size(3));
    }

    @Test
    void paddingCentresThePicture() {
        assertEquals(
                Nd4j.create(new double[][] {{0, 0, 0, 0}, {0, 1, 2, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}}),
                apply(Stems.padTo(4, 4), new double[][] {{1, 2}}));
    }

    @Test
    void repeatingMakesCopies() {
        assertEquals(
                Nd4j.create(new double[][] {{1, 2}, {1, 2}, {1, 2}}),
                apply(Stems.repeatChannels(3), new double[][] {{1, 2}}));
    }

    @Test
    void resizingTakesTheNearestPixelOrTheLineBetweenTwo() {
        double[][] picture = {{0, 4}};
        assertEquals(
                Nd4j.create(new double[][] {{0, 0, 4, 4}, {0, 0, 4, 4}}),
                apply(Stems.resize(2, 4, Interpolation.NEAREST), picture));
        assertEquals(
                Nd4j.create(new double[][] {{0, 1, 3, 4}}), apply(Stems.resize(1, 4, Interpolation.BILINEAR), picture));
        assertEquals(Nd4j.create(new double[][] {{2}}), apply(Stems.resize(1, 1, Interpolation.BILINEAR), picture));
        assertEquals(Nd4j.create(picture), apply(Stems.resize(1, 2, Interpolation.BILINEAR), picture));
    }

    @Test
    void refusalsNameBothSizes() {
        assertEquals(
                "padTo: picture of 3x4 does not fit into 8x2; pad to at least its size, or resize it",
                refusal(Stems.padTo(8, 2), PICTURE));
        assertEquals("padTo: input is vector(3); it takes pictures", refusal(Stems.padTo(8, 2), Shape.vector(3)));
        assertEquals(
                "repeatChannels: input is vector(3); it takes pictures",
                refusal(Stems.repeatChannels(2), Shape.vector(3)));
        assertEquals(
                "resize: input is vector(3); it takes pictures",
                refusal(Stems.resize(2, 2, Interpolation.NEAREST), Shape.vector(3)));
    }

    private static String refusal(LayerSpec stem, Shape input) {
        return assertThrows(IllegalArgumentException.class, () -> stem.bind(input, Binder.create()))
                .getMessage();
    }
}
