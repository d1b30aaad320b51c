package io.mtl4j.examples.benchmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.SourceBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceModelTest {

    /** Counted by hand from the layers; an LSTM has one bias here, PyTorch's has two. */
    @ParameterizedTest
    @CsvSource({
        "MLP, 784*512+512 + 512*256+256, 256",
        "CNN, 27*32+32 + 288*64+64 + 576*64+64 + 4096*128+128, 128",
        "LSTM, 64*512+128*512+512, 128",
        "TRANSFORMER, 4*16384+512 + 2*32768+384 + 512 + 4*16384+512 + 2*32768+384 + 512, 128"
    })
    void hasTheParametersOfTheReference(ReferenceModel reference, String encoder, int features) {
        long shared = 0;
        for (String term : encoder.split("\\+")) {
            long product = 1;
            for (String factor : term.strip().split("\\*")) {
                product *= Long.parseLong(factor);
            }
            shared += product;
        }
        var model = reference.model(3);
        assertEquals(shared, model.sharedParameterCount());
        assertEquals(shared + 3L * (features * 10 + 10), model.parameterCount());
    }

    @ParameterizedTest
    @EnumSource(names = "CNN", mode = EnumSource.Mode.EXCLUDE)
    void learnsItsOneBatchInBothModes(ReferenceModel reference) {
        for (Mode mode : Mode.values()) {
            List<double[]> losses = new ArrayList<>();
            new Workload(reference, mode).train(10, event -> {
                if (event instanceof TrainingEvent.StepDone step) {
                    losses.add(step.losses());
                }
            });
            assertEquals(10, losses.size());
            assertEquals(reference.tasks(), losses.get(0).length);
            double first = Arrays.stream(losses.get(0)).sum();
            double last = Arrays.stream(losses.get(9)).sum();
            assertTrue(last < first, mode + ": loss " + first + " at first, " + last + " at last");
        }
    }

    @Test
    void trainsTheSlowestOneToo() {
        for (Mode mode : Mode.values()) {
            new Workload(ReferenceModel.CNN, mode).train(1, event -> {
                if (event instanceof TrainingEvent.StepDone step) {
                    assertEquals(2, step.losses().length);
                    assertTrue(Arrays.stream(step.losses()).allMatch(loss -> loss > 0 && loss < 20), mode.id());
                    assertTrue(step.gradientNorm() > 0, mode.id());
                }
            });
        }
    }

    @Test
    void handsOutTheSameBatchEveryTime() {
        FixedBatch source = RandomExamples.batch(ReferenceModel.MLP, 2);
        int[] all =
                new SameBatch(5).epoch(new int[] {256}, new int[] {256}, 1, 2).get(4)[0];
        SourceBatch batch = source.batch(all, new SplittableRandom(1));
        assertSame(batch.features(), source.batch(all, new SplittableRandom(2)).features());
        assertArrayEquals(new long[] {256, 784}, batch.features().shape());
        assertEquals(2, batch.labels().size());
        assertThrows(IllegalArgumentException.class, () -> source.batch(new int[3], new SplittableRandom(1)));
    }

    @Test
    void weighsRowsByTheSoftmaxOfTheirNegatedSums() {
        double[] weights = new RowSumSoftmax().weights(new double[][] {{3, -1}, {-1, 2}}, null);
        assertEquals(1, weights[0] + weights[1], 1e-12);
        assertEquals(Math.exp(-2) / Math.exp(-1), weights[0] / weights[1], 1e-12);
    }
}
