package io.mtl4j.nn.data;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Fills sequences of different lengths up with 0 to the longest of a batch. */
final class Padding {

    private Padding() {}

    /** {@return {@code [batch, time]}} */
    static INDArray pad(List<float[]> sequences, int[] indices) {
        return pad(sequences, indices, 1).reshape(indices.length, longest(sequences, indices, 1));
    }

    /** {@return {@code [batch, time, width]}, from sequences of {@code time * width} numbers} */
    static INDArray pad(List<float[]> sequences, int[] indices, int width) {
        int time = longest(sequences, indices, width);
        float[] batch = new float[indices.length * time * width];
        for (int i = 0; i < indices.length; i++) {
            float[] sequence = sequences.get(indices[i]);
            System.arraycopy(sequence, 0, batch, i * time * width, sequence.length);
        }
        return Nd4j.createFromArray(batch).reshape(indices.length, time, width);
    }

    /** {@return {@code [batch, time]}: 1 for steps that were there, 0 for those filled up} */
    static INDArray steps(List<float[]> sequences, int[] indices, int width) {
        int time = longest(sequences, indices, width);
        float[] mask = new float[indices.length * time];
        for (int i = 0; i < indices.length; i++) {
            int length = sequences.get(indices[i]).length / width;
            Arrays.fill(mask, i * time, i * time + length, 1);
        }
        return Nd4j.createFromArray(mask).reshape(indices.length, time);
    }

    private static int longest(List<float[]> sequences, int[] indices, int width) {
        int longest = 0;
        for (int index : indices) {
            longest = Math.max(longest, sequences.get(index).length);
        }
        return longest / width;
    }
}
