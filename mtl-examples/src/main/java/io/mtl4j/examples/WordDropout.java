package io.mtl4j.examples;

import io.mtl4j.nn.data.BatchAugmentation;
import io.mtl4j.nn.data.SourceBatch;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Hides some tokens of each training batch behind the token of unknown words, so that the model learns what to make of
 * words that it has never seen. Padding may be replaced as well, which the mask of steps makes harmless.
 *
 * @param rate probability of hiding a token, from 0 to 1
 * @param unknown number of the token that stands for unknown words
 */
record WordDropout(double rate, int unknown) implements BatchAugmentation {

    WordDropout {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("word dropout: rate = " + rate + "; it must be from 0 to 1");
        }
    }

    @Override
    public SourceBatch apply(SourceBatch batch, RandomGenerator random) {
        float[][] tokens = batch.features().toFloatMatrix();
        for (float[] sentence : tokens) {
            for (int t = 0; t < sentence.length; t++) {
                sentence[t] = random.nextDouble() < rate ? unknown : sentence[t];
            }
        }
        INDArray hidden = Nd4j.createFromArray(tokens);
        return batch.withFeatures(hidden);
    }
}
