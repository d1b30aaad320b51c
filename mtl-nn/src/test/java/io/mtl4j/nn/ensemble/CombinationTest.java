package io.mtl4j.nn.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.Tasks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CombinationTest {

    private static final Head CLASSES = Tasks.classification("color", 3);
    private static final Head YES = Tasks.binary("buy");
    private static final Head VALUE = Tasks.regression("price", 1);

    private static INDArray rows(double[]... rows) {
        return Nd4j.create(rows);
    }

    @Test
    void averagesWithWeights() {
        INDArray a = rows(new double[] {0.6, 0.3, 0.1});
        INDArray b = rows(new double[] {0.2, 0.3, 0.5});
        assertArrayEquals(
                new double[] {0.4, 0.3, 0.3},
                new Average().combine(CLASSES, List.of(a, b)).toDoubleVector(),
                1e-12);
        assertArrayEquals(
                new double[] {0.3, 0.3, 0.4},
                new Average(List.of(1.0, 3.0)).combine(CLASSES, List.of(a, b)).toDoubleVector(),
                1e-12);
    }

    @Test
    void averageLeavesItsArgumentsAsTheyAre() {
        INDArray a = rows(new double[] {1, 2}, new double[] {3, 4}).permute(1, 0);
        INDArray before = a.dup();
        INDArray mean = new Average().combine(CLASSES, List.of(a, a));
        assertEquals(before, a);
        assertEquals(before, mean);
    }

    @Test
    void theMajorityWinsHoweverSureTheOthersAre() {
        List<INDArray> outputs =
                List.of(rows(new double[] {0.4, 0.35, 0.25}), rows(new double[] {0.4, 0.35, 0.25}), rows(new double[] {
                    0.0, 1.0, 0.0
                }));
        double[] votes = new Vote().combine(CLASSES, outputs).toDoubleVector();
        assertArrayEquals(new double[] {2 / 3.0, 1 / 3.0, 0}, votes, 1e-3);
        assertEquals(1, votes[0] + votes[1] + votes[2], 1e-12);
        double[] mean = new Average().combine(CLASSES, outputs).toDoubleVector();
        assertTrue(mean[1] > mean[0]);
    }

    @Test
    void aTieGoesToTheMoreProbable() {
        double[] votes = new Vote()
                .combine(CLASSES, List.of(rows(new double[] {0.5, 0.4, 0.1}), rows(new double[] {0.0, 0.9, 0.1})))
                .toDoubleVector();
        assertTrue(votes[1] > votes[0]);
        double yes = new Vote()
                .combine(YES, List.of(rows(new double[] {0.9}), rows(new double[] {0.3})))
                .getDouble(0);
        assertTrue(yes > 0.5 && yes < 0.501, String.valueOf(yes));
        double no = new Vote()
                .combine(YES, List.of(rows(new double[] {0.6}), rows(new double[] {0.1})))
                .getDouble(0);
        assertTrue(no < 0.5);
    }

    @Test
    void votesStepByStepAndTakesTheMedianOfValues() {
        Head tags = Tasks.tagging("tag", 2);
        INDArray a = Nd4j.create(new double[] {0.9, 0.1, 0.8, 0.2}).reshape(1, 2, 2);
        INDArray b = Nd4j.create(new double[] {0.6, 0.4, 0.3, 0.7}).reshape(1, 2, 2);
        INDArray c = Nd4j.create(new double[] {0.4, 0.6, 0.1, 0.9}).reshape(1, 2, 2);
        INDArray votes = new Vote().combine(tags, List.of(a, b, c));
        assertArrayEquals(new long[] {1, 2, 2}, votes.shape());
        assertArrayEquals(
                new double[] {2 / 3.0, 1 / 3.0, 1 / 3.0, 2 / 3.0},
                votes.reshape(4).toDoubleVector(),
                1e-3);
        List<INDArray> values = List.of(
                rows(new double[] {1}), rows(new double[] {100}), rows(new double[] {2}), rows(new double[] {4}));
        assertEquals(3, new Vote().combine(VALUE, values).getDouble(0), 1e-12);
    }

    @Test
    void oneMemberAnswersAsItself() {
        INDArray alone = rows(new double[] {0.2, 0.5, 0.3}, new double[] {1, 0, 0});
        assertEquals(alone, new Average().combine(CLASSES, List.of(alone)));
        assertEquals(
                7, new Vote().combine(VALUE, List.of(rows(new double[] {7}))).getDouble(0));
    }

    @Test
    void saysWhatIsWrong() {
        assertMessage("weight of a member", () -> new Average(List.of(-1.0, 2.0)));
        assertMessage("at least one member needs a weight above 0", () -> new Average(List.of(0.0, 0.0)));
        INDArray one = rows(new double[] {1, 0, 0});
        assertEquals(
                "average: 2 weights for 1 members; give one for each member, or none for equal weights",
                assertThrows(
                                IllegalStateException.class,
                                () -> new Average(List.of(1.0, 1.0)).combine(CLASSES, List.of(one)))
                        .getMessage());
        assertMessage(
                "outputs of shape [2, 3] and another of shape [1, 3]",
                () -> new Average().combine(CLASSES, List.of(one, Nd4j.zeros(2, 3))));
        assertMessage(
                "such as the best path of a CRF",
                () -> new Average().combine(Tasks.tagging("tag", 2).crf(), List.of(Nd4j.zeros(1, 4, 3))));
    }

    private static void assertMessage(String part, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
