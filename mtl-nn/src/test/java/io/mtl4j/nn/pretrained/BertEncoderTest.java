package io.mtl4j.nn.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.pretrained.BertEncoder.Output;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Compares with what PyTorch computes in double precision from the same files; see src/test/python/tiny_berts.py. */
class BertEncoderTest {

    private static final Map<DataType, Double> TOLERANCE = Map.of(DataType.DOUBLE, 1e-12, DataType.FLOAT, 1e-5);

    static Stream<Arguments> runs() {
        return Stream.of("bert", "roberta", "distilbert")
                .flatMap(name -> TOLERANCE.keySet().stream().map(type -> Arguments.of(name, type)));
    }

    private static INDArray run(BertEncoder bert, JsonNode expected, DataType type) {
        return new Tiny.Run(bert, bert.input(), type)
                .forward(Tiny.array(expected.get("ids")), Tiny.array(expected.get("mask")));
    }

    private static void assertClose(INDArray expected, INDArray found, double tolerance, String what) {
        INDArray wide = found.castTo(DataType.DOUBLE);
        double worst = Transforms.abs(expected.sub(wide)).maxNumber().doubleValue();
        double scale = Math.max(1, Transforms.abs(expected).maxNumber().doubleValue());
        assertTrue(worst <= tolerance * scale, what + ": " + worst + " of " + scale);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyOutputIsPyTorchs(String name, DataType type) {
        BertEncoder bert = HuggingFace.bert(Tiny.folder(name));
        JsonNode expected = Tiny.expected(name);
        double tolerance = TOLERANCE.get(type);
        INDArray mask = Tiny.array(expected.get("mask"));
        INDArray steps = run(bert.everyStep(), expected, type).castTo(DataType.DOUBLE);
        INDArray real = mask.reshape('c', mask.size(0), mask.size(1), 1);
        assertClose(Tiny.array(expected.get("steps")), steps.mul(real), tolerance, "steps");
        assertClose(Tiny.array(expected.get("mean")), run(bert.mean(), expected, type), tolerance, "mean");
        assertClose(Tiny.array(expected.get("max")), run(bert.output(Output.MAX), expected, type), tolerance, "max");
        assertClose(first(expected), run(bert, expected, type), tolerance, "first");
        if (expected.has("pooled")) {
            assertClose(Tiny.array(expected.get("pooled")), run(bert.pooled(), expected, type), tolerance, "pooled");
        }
    }

    /** The first real step of each example. */
    private static INDArray first(JsonNode expected) {
        INDArray steps = Tiny.array(expected.get("steps"));
        INDArray first = Nd4j.create(DataType.DOUBLE, steps.size(0), steps.size(2));
        for (int i = 0; i < steps.size(0); i++) {
            int t = 0;
            while (expected.get("mask").get(i).get(t).intValue() == 0) {
                t++;
            }
            first.putRow(i, steps.get(NDArrayIndex.point(i), NDArrayIndex.point(t), NDArrayIndex.all()));
        }
        return first;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void gradientsArePyTorchs(String name, DataType type) {
        JsonNode expected = Tiny.expected(name);
        BertEncoder bert = HuggingFace.bert(Tiny.folder(name)).everyStep();
        Tiny.Run run = new Tiny.Run(bert, bert.input(), type);
        INDArray mask = Tiny.array(expected.get("mask"));
        INDArray y = run.forward(Tiny.array(expected.get("ids")), mask);
        INDArray direction =
                Transforms.cos(Nd4j.arange(y.length()).castTo(DataType.DOUBLE)).reshape('c', y.shape());
        run.backward(direction.mul(mask.reshape('c', mask.size(0), mask.size(1), 1)));
        for (Map.Entry<String, JsonNode> gradient : expected.get("gradients").properties()) {
            INDArray wanted = Tiny.array(gradient.getValue());
            INDArray found = ours(gradient.getKey(), run, bert.config().features());
            assertClose(wanted, found, 10 * TOLERANCE.get(type), gradient.getKey());
        }
    }

    private static INDArray ours(String theirs, Tiny.Run run, int features) {
        if (theirs.contains("LayerNorm")) {
            return run.gradient("0.2.scale");
        }
        if (theirs.contains("token_type")) {
            return run.gradient("0.0.S");
        }
        return run.gradient("1.0.body.0.W") // queries, keys and values side by side, [inputs, outputs]
                .get(NDArrayIndex.all(), NDArrayIndex.interval(0, features))
                .transpose();
    }

    @Test
    void readsTheSizes() {
        BertConfig config = HuggingFace.bert(Tiny.folder("bert")).config();
        assertEquals(2, config.segments());
        assertEquals(3, config.separator());
        assertEquals(24, config.longest());
        assertEquals(0.1, config.dropout());
        assertEquals(0.2, config.attentionDropout());
        assertEquals(10, HuggingFace.bert(Tiny.folder("roberta")).config().longest());
        assertEquals(
                new BertConfig(100, 32, 2, 4, 48, config.activation(), 24, 2, 3, 1e-12, 0.3, 0.3, true),
                HuggingFace.bert(Tiny.folder("bert")).dropout(0.3).config());
    }

    @Test
    void stagesAreTheEmbeddingsAndTheBlocks() {
        BertEncoder bert = HuggingFace.bert(Tiny.folder("roberta"));
        assertEquals(4, bert.stages(bert.input()).size());
        assertEquals(Set.of("2", "3"), trained(bert.freezeFirst(2)));
        assertEquals(Set.of("0", "1", "2", "3"), trained(bert));
        assertEquals(Set.of(), trained(bert.freeze()));
    }

    private static Set<String> trained(BertEncoder bert) {
        Tiny.Run run = new Tiny.Run(bert, bert.input(), DataType.FLOAT);
        return run.binder().parameters().stream()
                .filter(Parameter::trained)
                .map(p -> p.name().substring(0, p.name().indexOf('.')))
                .collect(Collectors.toSet());
    }

    @Test
    void everyParameterStartsWithTheFilesNumbers() {
        for (String name : List.of("bert", "roberta", "distilbert")) {
            BertEncoder bert = HuggingFace.bert(Tiny.folder(name));
            Tiny.Run run = new Tiny.Run(bert.config().pooler() ? bert.pooled() : bert, bert.input(), DataType.FLOAT);
            for (Parameter p : run.binder().parameters()) {
                assertTrue(p.start().isPresent(), name + " " + p.name());
            }
        }
    }

    @Test
    void saysWhatItCannotDo() {
        BertEncoder bert = HuggingFace.bert(Tiny.folder("roberta"));
        assertEquals("bert: this network has no pooler; take the first step or the mean", message(() -> bert.pooled()));
        assertEquals(
                "bert: input is tokens(50); this network knows 40 word pieces, so declare the input as Shape.tokens(40)",
                message(() -> bert.stages(Shape.tokens(50))));
        assertEquals(
                "bert: frozen = 5; there are 4 stages, the embeddings and 3 blocks",
                message(() -> bert.freezeFirst(5)));
        INDArray long11 = Nd4j.ones(DataType.DOUBLE, 1, 11);
        assertEquals(
                "positional encoding: example 0 has more than 10 steps, the greatest number learned; raise the maximum or"
                        + " cut the input",
                message(() -> new Tiny.Run(bert, bert.input(), DataType.DOUBLE).forward(long11, null)));
    }

    private static String message(org.junit.jupiter.api.function.Executable code) {
        return assertThrows(IllegalArgumentException.class, code).getMessage();
    }
}
