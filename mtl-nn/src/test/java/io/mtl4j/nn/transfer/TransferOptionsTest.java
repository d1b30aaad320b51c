package io.mtl4j.nn.transfer;

import static io.mtl4j.nn.transfer.Copies.array;
import static io.mtl4j.nn.transfer.Copies.assertSameBits;
import static io.mtl4j.nn.transfer.Copies.assertSameNumbers;
import static io.mtl4j.nn.transfer.Copies.scrambled;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.encoder.Mlp;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.sharing.Sharings;
import io.mtl4j.nn.transfer.TransferReport.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class TransferOptionsTest {

    private static final Mlp ENCODER = Encoders.mlp().batchNorm().dense(6).dense(3);

    private static ModelBuilder builder(Mlp encoder, Head... heads) {
        ModelBuilder builder =
                MultiTaskModel.builder().input(Shape.vector(4)).encoder(encoder).seed(8);
        for (Head head : heads) {
            builder.task(head);
        }
        return builder;
    }

    private static MultiTaskModel model(Mlp encoder, Head... heads) {
        return builder(encoder, heads).build();
    }

    private static MultiTaskModel trained() {
        return scrambled(model(ENCODER, Tasks.classification("digit", 3), Tasks.regression("size", 1)), 4);
    }

    private static MultiTaskModel fresh() {
        return model(ENCODER, Tasks.regression("digit", 3), Tasks.regression("size", 1), Tasks.binary("loop"));
    }

    @Test
    void theReportTellsOfEveryArray() {
        Mlp one = Encoders.mlp().batchNorm().dense(6);
        MultiTaskModel from = scrambled(model(one, Tasks.classification("digit", 3), Tasks.binary("old")), 4);
        MultiTaskModel to = model(one, Tasks.regression("digit", 3), Tasks.binary("loop"));
        TransferReport report = Transfer.from(from).to(to);
        assertEquals("""
            outcome  array                                 shape  note
            copied   encoder.0.0.W                         [4, 6]
            copied   encoder.0.0.b                         [6]
            copied   encoder.0.1.scale                     [6]
            copied   encoder.0.1.offset                    [6]
            fresh    head:digit.0.W                        [6, 3] the source's task is MULTI_CLASS, this one REGRESSION
            fresh    head:digit.0.b                        [3]    the source's task is MULTI_CLASS, this one REGRESSION
            fresh    head:loop.0.W                         [6, 1] not in the source
            fresh    head:loop.0.b                         [1]    not in the source
            copied   encoder.0.1.mean of input "input"     [6]
            copied   encoder.0.1.variance of input "input" [6]
            unused   head:digit.0.W                        [6, 3]
            unused   head:digit.0.b                        [3]
            unused   head:old.0.W                          [6, 1]
            unused   head:old.0.b                          [1]
            54 of 82 numbers copied; 28 of the source unused
            """, report.table());
        assertEquals(report.table(), report.toString());
        assertEquals(54, report.numbers(Outcome.COPIED));
        assertEquals(6, report.copied().size());
        assertEquals(4, report.unused().size());
    }

    @Test
    void aPlanChangesNothing() {
        MultiTaskModel model = fresh();
        MultiTaskModel before = model.copy();
        TransferReport planned = Transfer.from(trained()).plan(model);
        assertSameNumbers(before, model);
        assertEquals(planned, Transfer.from(trained()).to(model));
        assertNotEquals(before.network().store().flat(), model.network().store().flat());
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsChanged() {
        MultiTaskModel other = model(Encoders.mlp().dense(5).dense(5), Tasks.binary("loop"));
        MultiTaskModel before = other.copy();
        assertEquals(
                "transfer: none of the model's 6 arrays has its like among the 16 of the source: encoder.0.W [4, 5]"
                        + " (not in the source), encoder.0.b [5] (not in the source), encoder.1.W [5, 5] (not in the"
                        + " source) and 3 more; build the model with the source's encoder and inputs",
                refusal(Transfer.from(trained()), other));
        MultiTaskModel half = model(Encoders.mlp().batchNorm().dense(6).dense(7), Tasks.regression("size", 1));
        MultiTaskModel halfBefore = half.copy();
        assertEquals(
                "transfer: the source does not have the whole encoder: encoder.1.0.W [6, 7] (the source has [6, 3]),"
                        + " encoder.1.0.b [7] (the source has [3]), encoder.1.1.scale [7] (the source has [3]) and 3 more;"
                        + " build the model with the source's encoder and inputs, or leave wholeEncoder() out",
                refusal(Transfer.from(trained()).wholeEncoder(), half));
        assertSameNumbers(before, other);
        assertSameNumbers(halfBefore, half);
        MultiTaskModel same = trained();
        assertEquals(
                "transfer: from a model to itself; give another model to copy into",
                refusal(Transfer.from(same), same));
        assertEquals(
                List.of("encoder.0.0.W", "encoder.0.0.b", "encoder.0.1.scale", "encoder.0.1.offset"),
                Transfer.from(trained()).to(half).copied().subList(0, 4));
    }

    private static String refusal(Transfer transfer, MultiTaskModel model) {
        return assertThrows(IllegalArgumentException.class, () -> transfer.to(model))
                .getMessage();
    }

    @Test
    void someParametersAndTheBuffersOfTheirLayers() {
        MultiTaskModel model = fresh();
        MultiTaskModel start = fresh();
        TransferReport report = Transfer.from(trained())
                .parameters(p -> p.name().startsWith("encoder.1."))
                .to(model);
        assertEquals(
                List.of(
                        "encoder.1.0.W",
                        "encoder.1.0.b",
                        "encoder.1.1.scale",
                        "encoder.1.1.offset",
                        "encoder.1.1.mean of input \"input\"",
                        "encoder.1.1.variance of input \"input\""),
                report.copied());
        assertEquals("left out", report.rows().get(0).note());
        assertSameBits(array(start, "encoder.0.0.W"), array(model, "encoder.0.0.W"), "left out");
        assertSameBits(array(trained(), "encoder.1.0.W"), array(model, "encoder.1.0.W"), "chosen");
        List<String> encoder =
                Transfer.from(trained()).encoderOnly().plan(fresh()).copied();
        assertEquals(12, encoder.size());
        assertTrue(encoder.stream().allMatch(name -> name.startsWith("encoder.")));
    }

    private static MultiTaskModel twoInputs(String one, String two) {
        LayerSpec stem = Fixtures.dense(4);
        return MultiTaskModel.builder()
                .input(one, Shape.vector(5), stem)
                .input(two, Shape.vector(5), stem)
                .encoder(ENCODER)
                .task(Tasks.binary("a").input(one))
                .task(Tasks.binary("b").input(two))
                .seed(3)
                .build();
    }

    @Test
    void stemsAndStatisticsGoByTheirInput() {
        MultiTaskModel source = scrambled(twoInputs("left", "right"), 4);
        MultiTaskModel model = twoInputs("right", "new");
        TransferReport report = Transfer.from(source).input("new", "left").to(model);
        assertSameBits(
                source.network().store().flatBuffers(1), model.network().store().flatBuffers(0), "right");
        assertSameBits(
                source.network().store().flatBuffers(0), model.network().store().flatBuffers(1), "new from left");
        assertSameBits(array(source, "stem:right.W"), array(model, "stem:right.W"), "right");
        assertSameBits(array(source, "stem:left.W"), array(model, "stem:new.W"), "new from left");
        assertTrue(report.table().contains("from stem:left.W"), report.table());
        MultiTaskModel without = twoInputs("right", "new");
        String table = Transfer.from(source).to(without).table();
        assertTrue(table.contains("the source has no such input; say which with input(...)"), table);
        assertEquals(
                "no input \"middle\"; the inputs are [left, right]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Transfer.from(source).input("new", "middle"))
                        .getMessage());
        assertEquals(
                "no input \"left\"; the inputs are [right, new]",
                refusal(Transfer.from(source).input("left", "left"), without));
    }

    @Test
    void aNameThatBeginsLikeAnotherIsNotTakenForIt() {
        MultiTaskModel source = scrambled(twoInputs("left", "right"), 4);
        MultiTaskModel model = twoInputs("new", "new.W");
        Transfer.from(source).input("new", "left").input("new.W", "right").to(model);
        assertSameBits(array(source, "stem:left.W"), array(model, "stem:new.W"), "new from left");
        assertSameBits(array(source, "stem:right.W"), array(model, "stem:new.W.W"), "new.W from right");
    }

    @Test
    void aModelThatWasClosedIsNotRead() {
        MultiTaskModel source = scrambled(twoInputs("left", "right"), 4);
        MultiTaskModel model = twoInputs("left", "right");
        source.close();
        assertEquals(
                "this model was closed; load or build it again",
                assertThrows(
                                IllegalStateException.class,
                                () -> Transfer.from(source).to(model))
                        .getMessage());
    }

    @Test
    void severalCopiesDoNotTellWhichToTake() {
        Mlp encoder = Encoders.mlp().dense(3);
        MultiTaskModel source = builder(encoder, Tasks.binary("a"), Tasks.binary("b"))
                .sharing(Sharings.soft(1))
                .build();
        TransferReport report = Transfer.from(source).to(model(encoder, Tasks.binary("a")));
        assertEquals(
                "the source has 2 copies: encoder.task:a.0.W, encoder.task:b.0.W",
                report.rows().get(0).note());
        assertEquals(List.of("head:a.0.W", "head:a.0.b"), report.copied());
        MultiTaskModel three = builder(encoder, Tasks.binary("b"), Tasks.binary("c"))
                .sharing(Sharings.soft(1))
                .build();
        Transfer.from(source).to(three);
        assertSameBits(array(source, "encoder.task:b.0.W"), array(three, "encoder.task:b.0.W"), "own copy");
    }

    @Test
    void aNewModelTakesInputsEncoderAndNumbers(@TempDir Path folder) {
        Path file = folder.resolve("trained.mtl");
        ModelFiles.save(trained(), file);
        MultiTaskModel model = Transfer.from(file).model(m -> m.task(Tasks.binary("loop")));
        assertEquals(trained().inputs(), model.inputs());
        assertEquals(trained().seed(), model.seed());
        assertSameBits(array(trained(), "encoder.1.0.W"), array(model, "encoder.1.0.W"), "encoder");
        assertSameBits(
                trained().network().store().flatBuffers(0),
                model.network().store().flatBuffers(0),
                "statistics");
        assertFalse(model.tasks().names().contains("digit"));
    }

    @Test
    void aTaskMoreLeavesTheOthersAsTheyWere() {
        MultiTaskModel old = trained();
        MultiTaskModel larger = Transfer.from(old).plus(Tasks.binary("loop"), Tasks.regression("ink", 2));
        assertEquals(List.of("digit", "size", "loop", "ink"), larger.tasks().names());
        float[] example = {1, -2, 0.5f, 3};
        assertArrayEquals(
                old.predict(example).task("digit").probabilities(),
                larger.predict(example).task("digit").probabilities());
        assertEquals(
                old.predict(example).task("size").value(),
                larger.predict(example).task("size").value());
        assertThrows(IllegalArgumentException.class, () -> Transfer.from(old).plus(Tasks.binary("size")));
    }

    @Test
    void numbersAreRoundedToTheModelsPrecision() {
        MultiTaskModel exact = scrambled(
                builder(ENCODER, Tasks.binary("a")).dataType(DataType.DOUBLE).build(), 4);
        MultiTaskModel model = model(ENCODER, Tasks.binary("a"));
        Transfer.from(exact).to(model);
        INDArray rounded = exact.network().store().flat().castTo(DataType.FLOAT);
        assertSameBits(rounded, model.network().store().flat(), "rounded");
        MultiTaskModel back =
                builder(ENCODER, Tasks.binary("a")).dataType(DataType.DOUBLE).build();
        Transfer.from(model).to(back);
        assertSameBits(rounded.castTo(DataType.DOUBLE), back.network().store().flat(), "back");
    }

    @Test
    void aTasksNameMayBeginLikeAnother() {
        Mlp encoder = Encoders.mlp().dense(3);
        MultiTaskModel source = model(encoder, Tasks.regression("a", 3), Tasks.classification("a.0", 3));
        MultiTaskModel model = model(encoder, Tasks.regression("a", 3), Tasks.regression("a.0", 3));
        TransferReport report = Transfer.from(source).to(model);
        assertEquals(List.of("head:a.0.0.W", "head:a.0.0.b"), report.fresh());
    }
}
