package io.mtl4j.nn.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.SharingChoice;
import io.mtl4j.nn.sharing.Sharings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SharingReportTest {

    private static final int EXAMPLES = 300;

    private static MultiTaskModel model(Sharing sharing) {
        return MultiTaskModel.builder()
                .input(Shape.vector(3))
                .encoder(Encoders.mlp().dense(4))
                .sharing(sharing)
                .task(Tasks.regression("a", 1))
                .task(Tasks.regression("b", 1))
                .dataType(DataType.DOUBLE)
                .seed(5)
                .build();
    }

    private static INDArray features() {
        return Nd4j.linspace(DataType.DOUBLE, -2, 0.0051, 3L * EXAMPLES).reshape(EXAMPLES, 3);
    }

    private static MultiTaskData data() {
        DataSource source = ArraySource.builder(MultiTaskModel.DEFAULT_INPUT)
                .features(features())
                .labels("a", Nd4j.zeros(DataType.DOUBLE, EXAMPLES, 1))
                .build();
        return MultiTaskData.of(source);
    }

    @Test
    void weightsAreMeansOverAllExamples() {
        MultiTaskModel model = model(Sharings.mmoe(3));
        SharingReport report = SharingReport.of(model, data());
        List<SharingChoice> exact = model.network().choices(0, SourceBatch.of(features(), null));
        assertEquals(2, report.choices().size());
        for (int i = 0; i < 2; i++) {
            INDArray expected = exact.get(i).weights().mean(0).reshape(1, 3);
            assertTrue(expected.equalsWithEps(report.choices().get(i).weights(), 1e-6));
        }
    }

    @Test
    void theTableHasALineForEachReader() {
        SharingReport report = new SharingReport(List.of(
                new SharingChoice(
                        "click", List.of("expert 0", "own"), Nd4j.createFromArray(new double[][] {{0.25, 0.75}})),
                new SharingChoice("buy", List.of("expert 0"), Nd4j.createFromArray(new double[][] {{1.0}}))));
        assertEquals("""
                       expert 0     own
                click     0.250   0.750
                buy       1.000       -
                """, report.table());
        assertEquals(0.75, report.weight("click", "own"));
        assertTrue(Double.isNaN(report.weight("buy", "own")));
        assertThrows(IllegalArgumentException.class, () -> report.weight("sell", "own"));
    }

    @Test
    void aModelWithoutChoicesIsRefused() {
        String message = assertThrows(
                        IllegalStateException.class, () -> SharingReport.of(model(Sharings.hard()), data()))
                .getMessage();
        assertEquals(
                "sharing report: HardSharing[] chose nothing for these data; take a way of sharing with gates, such as"
                        + " Sharings.mmoe(4)",
                message);
    }
}
