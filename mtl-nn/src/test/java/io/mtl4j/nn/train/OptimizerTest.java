package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.ParameterLayout;
import io.mtl4j.schedule.LearningRate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class OptimizerTest {

    /** One dense layer of 1 -> 1 and a head of 1 -> 1: weight, bias, weight, bias. */
    private final MultiTaskModel model = MultiTaskModel.builder()
            .input(Shape.vector(1))
            .encoder(Encoders.mlp().l2(0.1).l1(0.01).dense(1))
            .task(Tasks.regression("y", 1))
            .dataType(DataType.DOUBLE)
            .build();

    private final ParameterLayout layout = model.network().store().layout();

    @Test
    void adamWFollowsTheStepsWorkedOutByHand() {
        double rate = 0.1;
        double decay = 0.2;
        Optimizer.Run run = new AdamW(rate, 0.9, 0.99, 1e-8, decay).start(layout, DataType.DOUBLE);
        INDArray parameters = Nd4j.createFromArray(1.0, 1.0, -2.0, -2.0);
        double[][] gradients = {{0.5, 0.5, -1, -1}, {0.25, 0.25, 3, 3}, {-2, -2, 0.1, 0.1}};
        double[] expected = {1, 1, -2, -2};
        double[] m = new double[4];
        double[] v = new double[4];
        for (int t = 0; t < 3; t++) {
            double now = rate * (t == 2 ? 0.5 : 1);
            run.update(parameters, Nd4j.createFromArray(gradients[t].clone()), now, t);
            for (int i = 0; i < 4; i++) {
                boolean weight = i % 2 == 0;
                m[i] = 0.9 * m[i] + 0.1 * gradients[t][i];
                v[i] = 0.99 * v[i] + 0.01 * gradients[t][i] * gradients[t][i];
                double unbiased = (m[i] / (1 - Math.pow(0.9, t + 1))) / Math.sqrt(v[i] / (1 - Math.pow(0.99, t + 1)));
                expected[i] -= now * (weight ? decay * expected[i] : 0) + now * unbiased;
            }
            assertArrayEquals(expected, parameters.toDoubleVector(), 1e-6, "step " + t);
        }
    }

    static Stream<IUpdater> updaters() {
        return Stream.of(
                new Sgd(0.05),
                new Nesterovs(0.02, 0.9),
                new Adam(0.05),
                new AMSGrad(0.05),
                new AdaMax(0.05),
                new Nadam(0.05),
                new AdaGrad(0.5),
                new RmsProp(0.02),
                AdaDelta.builder().build());
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void everyUpdaterOfDl4jGoesDownAParabola(IUpdater updater) {
        Optimizer.Run run = new UpdaterOptimizer(updater).start(layout, DataType.DOUBLE);
        INDArray parameters = Nd4j.createFromArray(1.0, -1.0, 2.0, 0.5);
        double before = parameters.norm2Number().doubleValue();
        for (int step = 0; step < 60; step++) {
            double rate = updater.hasLearningRate() ? updater.getLearningRate(0, 0) : Double.NaN;
            run.update(parameters, parameters.mul(2), rate, step);
        }
        double after = parameters.norm2Number().doubleValue();
        assertEquals(true, after < 0.95 * before, before + " -> " + after);
    }

    @Test
    void theRateOfTheStepIsTheOneUsed() {
        Optimizer.Run run = new UpdaterOptimizer(new Sgd(1)).start(layout, DataType.DOUBLE);
        INDArray parameters = Nd4j.createFromArray(1.0, 1.0, 1.0, 1.0);
        run.update(parameters, Nd4j.createFromArray(1.0, 2.0, 3.0, 4.0), 0.25, 0);
        assertArrayEquals(new double[] {0.75, 0.5, 0.25, 0}, parameters.toDoubleVector(), 1e-12);
    }

    @Test
    void penaltiesReachWeightsAndNotBiases() {
        INDArray parameters = Nd4j.createFromArray(2.0, 2.0, -3.0, -3.0);
        INDArray gradient = Nd4j.zeros(DataType.DOUBLE, 4);
        new Penalties(layout, DataType.DOUBLE).addTo(gradient, parameters);
        assertArrayEquals(new double[] {0.01 + 0.1 * 2, 0, 0, 0}, gradient.toDoubleVector(), 1e-12);
    }

    @Test
    void clippingBoundsTheNormOrEachElement() {
        INDArray gradient = Nd4j.createFromArray(3.0, -4.0);
        GradientClipping.norm(10).clip(gradient, 5);
        assertArrayEquals(new double[] {3, -4}, gradient.toDoubleVector());
        GradientClipping.value(3.5).clip(gradient, 5);
        assertArrayEquals(new double[] {3, -3.5}, gradient.toDoubleVector());
        INDArray other = Nd4j.createFromArray(3.0, -4.0);
        GradientClipping.norm(1).clip(other, 5);
        assertArrayEquals(new double[] {0.6, -0.8}, other.toDoubleVector(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> GradientClipping.norm(Double.NaN));
    }

    @Test
    void badRatesAndHiddenSchedulesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new UpdaterOptimizer(new Adam(-5)));
        assertThrows(IllegalArgumentException.class, () -> new UpdaterOptimizer(new AdaBelief(0.05)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new UpdaterOptimizer(new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 0.9))));
        assertEquals(
                "AdamW: weight decay = -1.0; it must be at least 0 and finite",
                assertThrows(IllegalArgumentException.class, () -> new AdamW(1e-3, -1))
                        .getMessage());
        assertEquals(1, LearningRate.constant().factor(3, 10));
    }
}
