package io.mtl4j.examples.benchmark;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Normal numbers as features and classes at random as labels: how fast a step is does not depend on what they mean. */
final class RandomExamples {

    private static final long SEED = 11;

    private RandomExamples() {}

    /** {@return features of some examples} */
    static INDArray features(ReferenceModel reference, int examples) {
        long[] dimensions = reference.dimensions(examples);
        float[] numbers = new float[Math.toIntExact(Arrays.stream(dimensions).reduce(1, Math::multiplyExact))];
        RandomGenerator random = new SplittableRandom(SEED);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return Nd4j.createFromArray(numbers).reshape('c', dimensions);
    }

    /** {@return one batch with labels of all tasks, as the source that always gives this batch} */
    static FixedBatch batch(ReferenceModel reference, int tasks) {
        int examples = reference.batch();
        SplittableRandom random = new SplittableRandom(SEED + 1);
        ArraySource.Builder source =
                ArraySource.builder(MultiTaskModel.DEFAULT_INPUT).features(features(reference, examples));
        for (int k = 0; k < tasks; k++) {
            source.labels(
                    ReferenceModel.task(k),
                    Labels.classes(
                            random.ints(examples, 0, ReferenceModel.CLASSES).toArray()));
        }
        return new FixedBatch(source.build());
    }
}
