package io.mtl4j.nn.data;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Labels of one shape for all examples. */
record DenseLabels(FloatRows rows, FloatRows mask) implements Labels {

    DenseLabels {
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < rows.width(); j++) {
                if (Float.isInfinite(rows.value(i, j))) {
                    throw new IllegalArgumentException("labels: example " + i + ", column " + j + " is "
                            + rows.value(i, j) + "; a label must be a finite number, or NaN where it is missing");
                }
            }
        }
        if (mask != null) {
            checkMask(rows, mask);
        }
    }

    private static void checkMask(FloatRows rows, FloatRows mask) {
        boolean fits = mask.rowShape().length == 0 || Arrays.equals(mask.rowShape(), rows.rowShape());
        if (!fits || mask.size() != rows.size()) {
            throw new IllegalArgumentException("labels: mask of " + mask.size() + " examples of shape "
                    + Arrays.toString(mask.rowShape()) + " for labels of " + rows.size() + " examples of shape "
                    + Arrays.toString(rows.rowShape()) + "; give one number for each example, or one for each label");
        }
        for (int i = 0; i < mask.size(); i++) {
            for (int j = 0; j < mask.width(); j++) {
                float value = mask.value(i, j);
                if (value != 0 && value != 1) {
                    throw new IllegalArgumentException("labels: mask of example " + i + ", column " + j + " is " + value
                            + "; it must be 1 where there is a label and 0 where there is none");
                }
            }
        }
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public Labels subset(int[] indices) {
        return new DenseLabels(rows.subset(indices), mask == null ? null : mask.subset(indices));
    }

    @Override
    public INDArray gather(int[] indices) {
        return rows.gather(indices);
    }

    @Override
    public INDArray gatherMask(int[] indices) {
        return mask == null ? null : mask.gather(indices);
    }
}
