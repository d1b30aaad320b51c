package io.mtl4j.nn.transfer;

import static io.mtl4j.nn.transfer.Copies.answer;
import static io.mtl4j.nn.transfer.Copies.array;
import static io.mtl4j.nn.transfer.Copies.assertSameBits;
import static io.mtl4j.nn.transfer.Copies.assertSameNumbers;
import static io.mtl4j.nn.transfer.Copies.scrambled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.sharing.AllSharings;
import io.mtl4j.nn.sharing.SharedModels;
import io.mtl4j.nn.sharing.SharedModels.Trial;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.Sharings;
import io.mtl4j.nn.transfer.TransferReport.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every encoder and every way of sharing. */
class TransferTest {

    private static final Trial GRAPHS =
            new Trial("gnn", Shape.sequence(3), Encoders.gnn().convolution(4).attention(4, 2), true);

    static List<Trial> encoders() {
        List<Trial> all = new ArrayList<>(SharedModels.all());
        all.add(GRAPHS);
        return all;
    }

    static Stream<Arguments> pairs() {
        List<Sharing> sharings = AllSharings.all().toList();
        List<Trial> trials = encoders();
        return IntStream.range(0, sharings.size())
                .mapToObj(i -> Arguments.of(trials.get(i % trials.size()), sharings.get(i)));
    }

    private static ModelBuilder other(Trial trial, Sharing sharing) {
        return MultiTaskModel.builder()
                .input(trial.input())
                .encoder(trial.encoder())
                .sharing(sharing)
                .task(Tasks.binary("new"))
                .task(Tasks.regression("a", 2))
                .seed(99);
    }

    /** All nodes of the graphs are neighbours; the other encoders do not look at that. */
    private static MultiTaskBatch batch(Trial trial) {
        MultiTaskBatch batch = SharedModels.batch(trial, DataType.FLOAT, "a");
        SourceBatch plain = batch.sources().get(MultiTaskModel.DEFAULT_INPUT);
        long time = plain.features().size(1);
        INDArray edges = trial == GRAPHS ? Nd4j.ones(DataType.FLOAT, SharedModels.BATCH, time, time) : null;
        return new MultiTaskBatch(Map.of(
                MultiTaskModel.DEFAULT_INPUT,
                new SourceBatch(plain.features(), plain.steps(), edges, plain.labels(), plain.labelMasks())));
    }

    /** The old task gives the same answers, bit for bit, though it has another number now and other tasks beside it. */
    @ParameterizedTest
    @MethodSource("encoders")
    void anEncoderGoesToAModelOfOtherTasks(Trial trial) {
        MultiTaskModel trained = scrambled(SharedModels.model(trial, Sharings.hard(), DataType.FLOAT), 5);
        MultiTaskModel model = other(trial, Sharings.hard()).build();
        MultiTaskBatch batch = batch(trial);
        assertNotEquals(answer(trained, batch, "a"), answer(model, batch, "a"));
        MultiTaskModel before = trained.copy();
        TransferReport report = Transfer.from(trained).wholeEncoder().to(model);
        assertSameBits(answer(trained, batch, "a"), answer(model, batch, "a"), trial.name());
        assertSameNumbers(before, trained);
        assertTrue(report.fresh().stream().allMatch(name -> name.startsWith("head:new.")), report.table());
        assertTrue(report.unused().stream().allMatch(name -> name.startsWith("head:b.")), report.table());
        assertEquals(
                model.parameterCount()
                        + trained.network().store().declaredBuffers().stream()
                                .mapToLong(b -> b.length())
                                .sum(),
                report.numbers(Outcome.COPIED) + report.numbers(Outcome.FRESH));
    }

    /** A model of the same build and another seed becomes equal in every number. */
    @ParameterizedTest
    @MethodSource("pairs")
    void everyWayOfSharingGoesToItsLike(Trial trial, Sharing sharing) {
        MultiTaskModel trained = scrambled(SharedModels.model(trial, sharing, DataType.FLOAT), 5);
        MultiTaskModel model = scrambled(SharedModels.model(trial, sharing, DataType.FLOAT), 6);
        TransferReport report = Transfer.from(trained).to(model);
        assertSameNumbers(trained, model);
        assertEquals(List.of(), report.fresh());
        assertEquals(List.of(), report.unused());
        assertTrue(report.rows().stream().allMatch(row -> row.note().isEmpty()));
    }

    static Stream<Arguments> toOtherSharings() {
        return encoders().stream()
                .flatMap(trial -> Stream.of(
                                Sharings.adapters(2),
                                Sharings.adapters(2).frozen(),
                                Sharings.soft(0.1),
                                Sharings.hierarchical())
                        .map(sharing -> Arguments.of(trial, sharing)));
    }

    /** These start as hard sharing does, so that the old task still gives the same answers, and so does the way back. */
    @ParameterizedTest
    @MethodSource("toOtherSharings")
    void aSharedEncoderGoesByItsPlaces(Trial trial, Sharing sharing) {
        MultiTaskModel trained = scrambled(SharedModels.model(trial, Sharings.hard(), DataType.FLOAT), 5);
        MultiTaskModel model = other(trial, sharing).build();
        TransferReport report = Transfer.from(trained).wholeEncoder().to(model);
        MultiTaskBatch batch = batch(trial);
        assertSameBits(answer(trained, batch, "a"), answer(model, batch, "a"), sharing.toString());
        assertTrue(report.rows().stream().anyMatch(row -> row.note().startsWith("from encoder.")), report.table());
        if (!sharing.equals(Sharings.soft(0.1))) {
            MultiTaskModel back = other(trial, Sharings.hard()).build();
            Transfer.from(model).wholeEncoder().to(back);
            assertSameBits(answer(trained, batch, "a"), answer(back, batch, "a"), "back from " + sharing);
        }
    }

    @ParameterizedTest
    @MethodSource("expertSharings")
    void everyExpertBeginsWithTheEncoder(Sharing sharing) {
        Trial cnn = SharedModels.all().get(4);
        assertEquals("cnn", cnn.name());
        MultiTaskModel trained = scrambled(SharedModels.model(cnn, Sharings.hard(), DataType.FLOAT), 5);
        MultiTaskModel model = other(cnn, sharing).build();
        TransferReport report =
                Transfer.from(trained).encoderOnly().wholeEncoder().to(model);
        assertTrue(report.fresh().stream().noneMatch(name -> name.endsWith("offset")), report.table());
        long kernels = report.rows().stream()
                .filter(row -> row.outcome() == Outcome.COPIED && row.shape().equals(List.of(8L, 2L, 3L, 3L)))
                .peek(row -> {
                    String name = row.name();
                    assertSameBits(array(trained, "encoder.0.W"), array(model, name), name);
                })
                .count();
        assertTrue(kernels > 1, report.table());
        assertFalse(report.copied().contains("head:a.0.W"));
        assertTrue(report.fresh().contains("head:a.0.W"));
    }

    static Stream<Sharing> expertSharings() {
        return Stream.of(
                Sharings.mmoe(3),
                Sharings.cgc(1, 1),
                Sharings.ple(1, 1),
                Sharings.dselectK(3, 2),
                Sharings.branching(2),
                Sharings.crossStitch(),
                Sharings.sluice(2));
    }
}
