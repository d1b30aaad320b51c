package io.mtl4j.nn.data;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One tag for each step of sequences that may differ in length. */
record TagLabels(List<float[]> tags) implements Labels {

    static TagLabels of(int[][] tags) {
        List<float[]> rows = new ArrayList<>(tags.length);
        for (int i = 0; i < tags.length; i++) {
            float[] row = new float[tags[i].length];
            for (int t = 0; t < row.length; t++) {
                row[t] = Codes.toFloat(tags[i][t], "tag", i);
            }
            rows.add(row);
        }
        return new TagLabels(List.copyOf(rows));
    }

    /** {@return the number of steps of an example} */
    int length(int example) {
        return tags.get(example).length;
    }

    @Override
    public int size() {
        return tags.size();
    }

    @Override
    public Labels subset(int[] indices) {
        List<float[]> rows = new ArrayList<>(indices.length);
        for (int index : indices) {
            rows.add(tags.get(index));
        }
        return new TagLabels(List.copyOf(rows));
    }

    @Override
    public INDArray gather(int[] indices) {
        return Padding.pad(tags, indices);
    }

    @Override
    public INDArray gatherMask(int[] indices) {
        return null;
    }
}
