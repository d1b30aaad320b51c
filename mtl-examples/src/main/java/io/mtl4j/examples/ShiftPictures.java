package io.mtl4j.examples;

import io.mtl4j.nn.data.BatchAugmentation;
import io.mtl4j.nn.data.SourceBatch;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Moves each picture of a batch by a random number of pixels in both directions; pixels at the edge are repeated.
 *
 * @param most the greatest number of pixels
 */
record ShiftPictures(int most) implements BatchAugmentation {

    @Override
    public SourceBatch apply(SourceBatch batch, RandomGenerator random) {
        INDArray pictures = batch.features();
        int height = (int) pictures.size(2);
        int width = (int) pictures.size(3);
        float[] from = pictures.dup('c').data().asFloat();
        float[] to = new float[from.length];
        int each = from.length / batch.size();
        for (int i = 0; i < batch.size(); i++) {
            int down = random.nextInt(-most, most + 1);
            int right = random.nextInt(-most, most + 1);
            for (int at = 0; at < each; at++) {
                int plane = at / (height * width);
                int row = clamp(at / width % height - down, height);
                int column = clamp(at % width - right, width);
                to[i * each + at] = from[i * each + (plane * height + row) * width + column];
            }
        }
        INDArray moved = Nd4j.createFromArray(to).reshape(pictures.shape());
        return batch.withFeatures(moved);
    }

    private static int clamp(int value, int size) {
        return Math.max(0, Math.min(size - 1, value));
    }
}
