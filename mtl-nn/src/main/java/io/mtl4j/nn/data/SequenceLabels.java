package io.mtl4j.nn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Sequences to write, as long as they are; an empty one is a missing label. */
record SequenceLabels(List<float[]> sequences) implements Labels {

    static SequenceLabels of(int[][] tokens) {
        List<float[]> rows = new ArrayList<>(tokens.length);
        for (int i = 0; i < tokens.length; i++) {
            float[] row = new float[tokens[i] == null ? 0 : tokens[i].length];
            for (int t = 0; t < row.length; t++) {
                row[t] = Codes.toFloat(tokens[i][t], "token", i);
                if (tokens[i][t] == MISSING) {
                    throw new IllegalArgumentException("labels: example " + i + ", place " + t
                            + " is -1; a sequence is missing as a whole: give null for it");
                }
            }
            rows.add(row);
        }
        return new SequenceLabels(List.copyOf(rows));
    }

    @Override
    public int size() {
        return sequences.size();
    }

    @Override
    public Labels subset(int[] indices) {
        return new SequenceLabels(
                Arrays.stream(indices).mapToObj(sequences::get).toList());
    }

    @Override
    public INDArray gather(int[] indices) {
        int longest = Math.max(
                1,
                Arrays.stream(indices).map(i -> sequences.get(i).length).max().orElse(1));
        float[] batch = new float[indices.length * longest];
        Arrays.fill(batch, Float.NaN);
        for (int i = 0; i < indices.length; i++) {
            float[] row = sequences.get(indices[i]);
            System.arraycopy(row, 0, batch, i * longest, row.length);
        }
        return Nd4j.createFromArray(batch).reshape(indices.length, longest);
    }

    @Override
    public INDArray gatherMask(int[] indices) {
        return null;
    }
}
