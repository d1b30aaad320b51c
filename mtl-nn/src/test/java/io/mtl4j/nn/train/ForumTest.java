package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.Fixtures;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.weighting.LossWeighting;
import io.mtl4j.weighting.WeightOptimizer;
import io.mtl4j.weighting.Weightings;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Two regressions share an encoder that can keep one number of the input: task "right" wants the first, "loud" the second.
 * In the held-out data both follow the first.
 */
class ForumTest {

    private static MultiTaskData data(long seed, int size, int loudColumn) {
        RandomGenerator random = new Seed(seed).generator();
        INDArray x = Nd4j.create(DataType.FLOAT, size, 2);
        for (long i = 0; i < x.length(); i++) {
            x.putScalar(i, random.nextGaussian());
        }
        return MultiTaskData.of(ArraySource.builder(MultiTaskModel.DEFAULT_INPUT)
                .features(x)
                .labels("right", x.getColumn(0, true).dup())
                .labels("loud", x.getColumn(loudColumn, true).mul(1.5))
                .build());
    }

    private static double[] weights;

    private static double heldOutLoss(LossWeighting weighting) {
        MultiTaskModel model = MultiTaskModel.builder()
                .input(Shape.vector(2))
                .encoder(new Fixtures.LayersEncoder(
                        List.of(new Dense(1, Activation.IDENTITY, Initializer.GLOROT_UNIFORM))))
                .task(Tasks.regression("right", 1))
                .task(Tasks.regression("loud", 1))
                .seed(2)
                .build();
        Trainer.builder(model)
                .weighting(weighting)
                .heldOut(data(1, 64, 0))
                .optimizer(new Sgd(0.02))
                .epochs(60)
                .batchSize(32)
                .listener(event -> {
                    if (event instanceof TrainingEvent.StepDone step) {
                        weights = step.weights();
                    }
                })
                .build()
                .fit(data(2, 128, 1));
        return Evaluator.evaluate(model, data(3, 64, 0)).task("right").loss();
    }

    @Test
    void theTaskThatHeldOutDataAskForGetsTheWeight() {
        double plain = heldOutLoss(Weightings.equal());
        assertEquals(weights[0], weights[1]);
        double forum = heldOutLoss(Weightings.forum(0.1, 5, WeightOptimizer.adam(0.05)));
        assertTrue(weights[1] < 0.5 * weights[0], "weights " + weights[0] + ", " + weights[1]);
        assertTrue(forum < 0.3 * plain, "loss " + forum + " where equal weights reach " + plain);
    }

    @Test
    void theSameSeedGivesTheSameModel() {
        assertEquals(heldOutLoss(Weightings.forum()), heldOutLoss(Weightings.forum()));
    }
}
