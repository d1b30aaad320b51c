package io.mtl4j.nn.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StagesTest {

    static Stream<Arguments> encoders() {
        return Stream.of(
                Arguments.of(Encoders.mlp().dense(8).dropout(0.1).dense(4), Shape.vector(5), 2),
                Arguments.of(
                        Encoders.cnn()
                                .conv(4, 3)
                                .maxPool(2)
                                .residual(4)
                                .globalPool()
                                .dense(6),
                        Shape.image(3, 8, 8),
                        3),
                Arguments.of(Encoders.lstm().embedding(3).units(4).layers(2).mean(), Shape.tokens(9), 3),
                Arguments.of(Encoders.lstm().units(4).layers(2), Shape.sequence(3), 2),
                Arguments.of(
                        Encoders.transformer()
                                .embedding(4)
                                .heads(2)
                                .feedForward(6)
                                .layers(2)
                                .preNorm(),
                        Shape.tokens(9),
                        3));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void stagesTogetherAreTheEncoder(Encoder encoder, Shape input, int count) {
        List<LayerSpec> stages = encoder.stages(input);
        assertEquals(count, stages.size());
        Binder whole = Binder.create();
        Binder parts = Binder.create();
        Shape output = encoder.bind(input, whole).outputShape();
        assertEquals(output, new Chain(stages).bind(input, parts).outputShape());
        assertEquals(shapes(whole), shapes(parts));
        Shape between = input;
        for (LayerSpec stage : stages) {
            Binder alone = Binder.create();
            between = stage.bind(between, alone).outputShape();
            assertTrue(!alone.parameters().isEmpty(), "stage " + stage + " has no parameters");
        }
    }

    private static List<List<Long>> shapes(Binder binder) {
        return binder.parameters().stream()
                .map(p -> Stream.of(p.shape())
                        .flatMapToLong(Arrays::stream)
                        .boxed()
                        .toList())
                .toList();
    }
}
