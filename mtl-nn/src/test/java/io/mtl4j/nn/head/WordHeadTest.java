package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.LayerRun;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WordHeadTest extends HeadContract {

    private static final WordHead HEAD = new WordHead("next", 4, 2, 3);

    @Override
    Head head() {
        return HEAD;
    }

    @Override
    Shape representation() {
        return Shape.sequence(6);
    }

    @Override
    INDArray labels(RandomGenerator random) {
        return Nd4j.createFromArray(IntStream.range(0, BATCH)
                .mapToObj(i -> new double[] {random.nextInt(4), random.nextInt(4), 3})
                .toArray(double[][]::new));
    }

    @Override
    double badLabel() {
        return 4;
    }

    /** The loss, which whoever evaluates computes by itself. */
    @Override
    @Test
    void measuresItsMainMetric() {
        assertEquals("loss", HEAD.task().metric());
        assertEquals(List.of(), HEAD.newMetrics().values());
    }

    @Test
    void readsItsFeaturesOnly() {
        LayerRun run = new LayerRun(HEAD.network(representation()), representation(), DataType.DOUBLE);
        INDArray x = Nd4j.ones(DataType.DOUBLE, 1, 1, 6);
        INDArray y = run.forward(x, null);
        for (int f = 0; f < 6; f++) {
            INDArray other = x.dup();
            other.putScalar(f, 5);
            assertEquals(f < 2 || f > 4, y.equals(run.forward(other, null)), "feature " + f);
        }
    }

    @Test
    void refusalsSayTheRule() {
        String message = assertThrows(IllegalArgumentException.class, () -> HEAD.network(Shape.vector(6)))
                .getMessage();
        assertTrue(message.contains("\"next\"") && message.contains("keeps the steps"), message);
        assertThrows(IllegalArgumentException.class, () -> new WordHead("next", 1, 0, 3));
        assertThrows(IllegalArgumentException.class, () -> new WordHead("next", 4, -1, 3));
        assertThrows(IllegalArgumentException.class, () -> new WordHead("next", 4, 0, 0));
    }
}
