package io.mtl4j.nn.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AdversarialLossTest {

    private static final INDArray LOGITS = Nd4j.createFromArray(new double[][] {{0.3}, {-1.2}, {2}, {0}});
    private static final INDArray REAL_AND_GENERATED = Nd4j.createFromArray(new double[][] {{1}, {0}, {0}, {1}});
    private static final Dense GENERATOR = new Dense(3, Activation.TANH, Initializer.GLOROT_UNIFORM);

    @Test
    void gradientsMatchFiniteDifferences() {
        LossCheck.gradient(Losses.nonSaturating(), LOGITS, REAL_AND_GENERATED, null);
        LossCheck.gradient(Losses.wasserstein(), LOGITS, REAL_AND_GENERATED, null);
    }

    @Test
    void valuesAreThoseOfThePapers() {
        INDArray one = Nd4j.createFromArray(new double[][] {{0.7}});
        INDArray real = Nd4j.createFromArray(new double[][] {{1}});
        INDArray generated = Nd4j.createFromArray(new double[][] {{0}});
        double p = 1 / (1 + Math.exp(-0.7));
        assertEquals(
                -Math.log(p), Losses.nonSaturating().evaluate(one, real, null).value(), 1e-9);
        assertEquals(
                -Math.log(1 - p),
                Losses.nonSaturating().evaluate(one, generated, null).value(),
                1e-9);
        assertEquals(-0.7, Losses.wasserstein().evaluate(one, real, null).value());
        assertEquals(0.7, Losses.wasserstein().evaluate(one, generated, null).value());
    }

    @Test
    void criticsSayHowRealAnExampleIs() {
        GanHead gan = Tasks.gan("real", 2, GENERATOR);
        INDArray logits = Nd4j.createFromArray(new double[][] {{0}, {3}});
        List<TaskPrediction> answers = gan.decode(gan.activate(logits), null);
        assertEquals(0.5, answers.get(0).value(), 1e-6);
        GanHead wasserstein = Tasks.wassersteinGan("real", 2, GENERATOR);
        assertEquals(
                3, wasserstein.decode(wasserstein.activate(logits), null).get(1).value());
        assertEquals(Nd4j.ones(2, 1), gan.targets(null, Nd4j.zeros(2, 5)));
    }

    @Test
    void settingsAreKeptAndChecked() {
        GanHead gan = Tasks.wassersteinGan("real", 2, GENERATOR)
                .input("pictures")
                .critic(critic -> critic.hidden(7))
                .generatorRate(0.5);
        assertEquals("pictures", gan.input().orElseThrow());
        assertEquals(List.of(7), gan.critic().layers().hidden());
        assertEquals(10, gan.gradientPenalty());
        assertEquals(5, gan.criticSteps());
        assertEquals(0.5, gan.generatorRate());
        assertThrows(IllegalArgumentException.class, () -> gan.criticSteps(0));
        assertThrows(IllegalArgumentException.class, () -> gan.gradientPenalty(-1));
        assertThrows(IllegalArgumentException.class, () -> gan.generatorRate(0));
        assertThrows(IllegalArgumentException.class, () -> Tasks.gan("real", 0, GENERATOR));
        assertThrows(IllegalArgumentException.class, () -> gan.critic(critic -> Tasks.binary("real")));
    }
}
