package io.mtl4j.nn.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Padding;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncodersTest {

    static List<Mlp> perceptrons() {
        Mlp mlp = Encoders.mlp().activation(Activation.TANH);
        return List.of(
                mlp.dense(5),
                mlp.dense(5).activation(Activation.GELU).dense(4),
                mlp.initializer(Initializer.GLOROT_UNIFORM)
                        .dense(5)
                        .dropout(0.4)
                        .dense(3),
                mlp.batchNorm().dense(5).noBatchNorm().dense(3),
                mlp.l1(0.1).l2(0.2).dense(4).then(new Dense(3, Activation.SWISH, Initializer.ONES)));
    }

    static List<Cnn> convolutionalNetworks() {
        Cnn cnn = Encoders.cnn().activation(Activation.TANH);
        return List.of(
                cnn.conv(3, 3).conv(4, 3).maxPool(2).conv(4, 3).maxPool(2).dense(5),
                cnn.batchNorm().conv(3, 3).maxPool(2).conv(3, 3).noBatchNorm().dense(4),
                cnn.conv(3, 3, 2, Padding.VALID).avgPool(2).dropout(0.3).dense(4),
                cnn.residual(3).residual(4, 2).globalPool(),
                cnn.batchNorm().l2(0.1).conv(2, 1).residual(3, 2).globalPool().dense(3),
                cnn.initializer(Initializer.GLOROT_NORMAL)
                        .l1(0.1)
                        .conv(2, 2)
                        .activation(Activation.SWISH)
                        .residual(2)
                        .avgPool(3));
    }

    @ParameterizedTest
    @MethodSource("perceptrons")
    void gradientsOfPerceptronsMatchFiniteDifferences(Mlp mlp) {
        GradientCheck.check(mlp, Shape.vector(4), 6, 4);
        GradientCheck.check(mlp, Shape.image(2, 3, 2), 4, 2, 3, 2);
        GradientCheck.check(mlp, Shape.sequence(4), 3, 4, 4);
    }

    @ParameterizedTest
    @MethodSource("convolutionalNetworks")
    void gradientsOfConvolutionalNetworksMatchFiniteDifferences(Cnn cnn) {
        GradientCheck.check(cnn, Shape.image(2, 7, 6), 3, 2, 7, 6);
    }

    @Test
    void theReferenceNetworkHasTheSizesItShould() {
        Binder binder = Binder.create();
        Shape output = Encoders.cnn()
                .conv(32, 3)
                .conv(64, 3)
                .maxPool(2)
                .conv(64, 3)
                .maxPool(2)
                .dense(128)
                .bind(Shape.image(3, 32, 32), binder)
                .outputShape();
        assertEquals(Shape.vector(128), output);
        assertEquals(
                3 * 32 * 9 + 32 + 32 * 64 * 9 + 64 + 64 * 64 * 9 + 64 + 64 * 8 * 8 * 128 + 128,
                binder.parameters().stream().mapToLong(Parameter::length).sum());
    }

    @Test
    void settingsReachTheLayersThatFollowAndNoOthers() {
        Binder binder = Binder.create();
        Encoders.cnn()
                .conv(2, 3)
                .l1(0.1)
                .l2(0.2)
                .residual(3)
                .l1(0)
                .l2(0)
                .dense(4)
                .bind(Shape.image(1, 4, 4), binder);
        for (Parameter p : binder.parameters()) {
            boolean middle = p.name().startsWith("1.") && p.shape().length > 1;
            assertEquals(middle ? 0.1 : 0, p.penalty().l1(), p.name());
            assertEquals(middle ? 0.2 : 0, p.penalty().l2(), p.name());
        }
    }

    @Test
    void normalisedConvolutionsHaveNoBias() {
        Binder binder = Binder.create();
        Encoders.cnn().batchNorm().conv(2, 3).residual(3).bind(Shape.image(1, 4, 4), binder);
        assertEquals(
                List.of(
                        "0.0.W",
                        "0.1.scale",
                        "0.1.offset",
                        "1.body.0.0.W",
                        "1.body.0.1.scale",
                        "1.body.0.1.offset",
                        "1.body.1.0.W",
                        "1.body.1.1.scale",
                        "1.body.1.1.offset",
                        "1.shortcut.0.W",
                        "1.shortcut.1.scale",
                        "1.shortcut.1.offset"),
                binder.parameters().stream().map(Parameter::name).toList());
    }

    @Test
    void encodersAreValues() {
        Cnn start = Encoders.cnn().conv(8, 3);
        Cnn longer = start.maxPool(2);
        assertEquals(1, start.layers().size());
        assertEquals(longer, Encoders.cnn().conv(8, 3).maxPool(2));
        assertNotEquals(start, longer);
        Mlp mlp = new Mlp(Arrays.asList(Encoders.mlp().dense(3).layers().get(0)), LayerSettings.DEFAULT);
        assertEquals(Encoders.mlp().dense(3), mlp);
        assertThrows(UnsupportedOperationException.class, () -> mlp.layers().clear());
        assertEquals("mlp", mlp.kind());
        assertEquals("cnn", start.kind());
    }

    @Test
    void refusalsNameTheLayerAndTheRule() {
        Binder binder = Binder.create().child("encoder");
        assertEquals(
                "maxPool (encoder.3): window of 2x2 on a picture of 1x2; the window must fit, so make it smaller, pad"
                        + " with SAME, or pool less before it",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Encoders.cnn()
                                        .conv(2, 3)
                                        .maxPool(2)
                                        .maxPool(2)
                                        .maxPool(2)
                                        .bind(Shape.image(1, 4, 8), binder))
                        .getMessage());
        assertEquals(
                "mlp: no layers; add at least one, such as dense(64)",
                assertThrows(IllegalStateException.class, () -> Encoders.mlp().bind(Shape.vector(2), binder))
                        .getMessage());
        assertEquals(
                "cnn: no layers; add at least one, such as conv(32, 3)",
                assertThrows(IllegalStateException.class, () -> Encoders.cnn().bind(Shape.vector(2), binder))
                        .getMessage());
        assertEquals(
                "dense: units = 0; it must be at least 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Encoders.mlp().dense(0))
                        .getMessage());
        assertEquals(
                "l2 = NaN; it must be finite and at least 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Encoders.mlp().l2(Double.NaN))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Encoders.cnn().dropout(1));
        assertThrows(NullPointerException.class, () -> Encoders.cnn().activation(null));
    }
}
