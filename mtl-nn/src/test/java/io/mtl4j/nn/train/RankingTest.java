package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.LossFunction;
import io.mtl4j.nn.head.Losses;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Lists of up to eight items, whose relevance depends on two of four features in a way that is not linear. */
class RankingTest {

    private static final int LISTS = 200;
    private static final int ITEMS = 8;

    static Stream<Arguments> waysToRank() {
        return Stream.of(
                Arguments.of(Encoders.mlp().dense(24), Losses.rankNet()),
                Arguments.of(Encoders.mlp().dense(24), Losses.lambdaRank()),
                Arguments.of(
                        Encoders.transformer().embedding(16).heads(2).layers(1).everyStep(), Losses.rankNet()));
    }

    private static MultiTaskData lists(long seed) {
        RandomGenerator random = GradientCheck.random(seed);
        INDArray items = GradientCheck.array(random, 1, LISTS, ITEMS, 4);
        INDArray steps = Nd4j.ones(DataType.FLOAT, LISTS, ITEMS);
        INDArray relevance = Nd4j.zeros(DataType.FLOAT, LISTS, ITEMS);
        for (int i = 0; i < LISTS; i++) {
            int length = 4 + random.nextInt(ITEMS - 3);
            for (int t = 0; t < ITEMS; t++) {
                steps.putScalar(i, t, t < length ? 1 : 0);
                double value = Math.abs(items.getDouble(i, t, 0)) + items.getDouble(i, t, 2);
                relevance.putScalar(i, t, t >= length ? Double.NaN : Math.max(0, Math.floor(value + 0.5)));
            }
        }
        return MultiTaskData.of(ArraySource.builder("items")
                .features(items.castTo(DataType.FLOAT))
                .steps(steps)
                .labels("relevance", Labels.of(relevance))
                .build());
    }

    private static Evaluation evaluate(MultiTaskModel model) {
        return Evaluator.evaluate(model, lists(2));
    }

    @ParameterizedTest
    @MethodSource("waysToRank")
    void learnsToOrderItems(Encoder encoder, LossFunction loss) {
        MultiTaskModel model = MultiTaskModel.builder()
                .input("items", Shape.sequence(4))
                .encoder(encoder)
                .task(Tasks.ranking("relevance").loss(loss))
                .seed(3)
                .build();
        double before = evaluate(model).task("relevance").metric("ndcg@10");
        Trainer.builder(model)
                .epochs(15)
                .batchSize(20)
                .optimizer(new Adam(0.02))
                .seed(1)
                .build()
                .fit(lists(1));
        Evaluation after = evaluate(model);
        assertTrue(before < 0.85, "before " + before);
        assertTrue(after.task("relevance").metric("ndcg@10") > 0.95, after.report());
        assertTrue(after.task("relevance").metric("pairwise-accuracy") > 0.9, after.report());
    }
}
