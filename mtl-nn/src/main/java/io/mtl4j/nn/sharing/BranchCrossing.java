package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.MatMul;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How the outputs of a stage's branches reach those that read them: one product {@code [readers, branches] x [branches,
 * numbers]} a direction.
 *
 * @param weights by reader and branch
 * @param wanted which readers run
 * @param outputs of the branches; null for those that did not run
 */
record BranchCrossing(double[][] weights, boolean[] wanted, INDArray[] outputs) {

    /** Which branches are read. */
    boolean[] read() {
        boolean[] read = new boolean[outputs.length];
        for (int r = 0; r < weights.length; r++) {
            for (int j = 0; wanted[r] && j < read.length; j++) {
                read[j] |= weights[r][j] != 0;
            }
        }
        return read;
    }

    private int[] running() {
        return IntStream.range(0, outputs.length)
                .filter(j -> outputs[j] != null)
                .toArray();
    }

    private static int[] present(INDArray[] arrays) {
        return IntStream.range(0, arrays.length).filter(r -> arrays[r] != null).toArray();
    }

    /** The arrays side by side, {@code [count, numbers]}. */
    private static INDArray rows(INDArray[] arrays, int[] which) {
        List<INDArray> parts = new ArrayList<>();
        for (int i : which) {
            parts.add(arrays[i]);
        }
        INDArray stack = Stack.of(parts);
        return stack.reshape('c', which.length, stack.length() / which.length);
    }

    private INDArray matrix(int[] readers, int[] branches, INDArray like) {
        double[][] values = new double[readers.length][branches.length];
        for (int r = 0; r < readers.length; r++) {
            for (int j = 0; j < branches.length; j++) {
                values[r][j] = weights[readers[r]][branches[j]];
            }
        }
        return Nd4j.createFromArray(values).castTo(like.dataType());
    }

    /** What each reader reads; null for those that do not run. */
    INDArray[] forward() {
        INDArray[] results = new INDArray[weights.length];
        int[] branches = running();
        int[] readers =
                IntStream.range(0, weights.length).filter(r -> wanted[r]).toArray();
        boolean whole = true;
        for (int r : readers) {
            results[r] = single(r);
            whole &= results[r] != null;
        }
        if (whole) {
            return results;
        }
        INDArray rows = rows(outputs, branches);
        INDArray mixed = Nd4j.createUninitialized(rows.dataType(), readers.length, rows.size(1));
        MatMul.into(matrix(readers, branches, rows), false, rows, false, mixed);
        for (int r = 0; r < readers.length; r++) {
            results[readers[r]] = mixed.slice(r).reshape('c', outputs[branches[0]].shape());
        }
        return results;
    }

    /** The only output that a reader reads, as it is; null if it mixes several. */
    private INDArray single(int reader) {
        for (int j = 0; j < outputs.length; j++) {
            if (weights[reader][j] == 1) {
                return outputs[j];
            }
        }
        return null;
    }

    /** From the gradients of what readers read to those of the outputs; null stands for none on both sides. */
    INDArray[] backward(INDArray[] gradients) {
        INDArray[] results = new INDArray[outputs.length];
        int[] readers = present(gradients);
        int[] branches = running();
        if (readers.length == 0) {
            return results;
        }
        INDArray rows = rows(gradients, readers);
        INDArray spread = Nd4j.createUninitialized(rows.dataType(), branches.length, rows.size(1));
        MatMul.into(matrix(readers, branches, rows), true, rows, false, spread);
        for (int j = 0; j < branches.length; j++) {
            if (reaches(readers, branches[j])) {
                results[branches[j]] = spread.slice(j).reshape('c', gradients[readers[0]].shape());
            }
        }
        return results;
    }

    private boolean reaches(int[] readers, int branch) {
        return IntStream.of(readers).anyMatch(r -> weights[r][branch] != 0);
    }

    /** Gradients of the weights of readers that have one; 0 for branches that did not run. */
    double[][] weightGradients(INDArray[] gradients) {
        double[][] results = new double[weights.length][outputs.length];
        int[] readers = present(gradients);
        int[] branches = running();
        if (readers.length == 0) {
            return results;
        }
        INDArray rows = rows(gradients, readers);
        INDArray products = Nd4j.createUninitialized(rows.dataType(), readers.length, branches.length);
        double[][] found = MatMul.into(rows, false, rows(outputs, branches), true, products)
                .toDoubleMatrix();
        for (int r = 0; r < readers.length; r++) {
            for (int j = 0; j < branches.length; j++) {
                results[readers[r]][branches[j]] = found[r][j];
            }
        }
        return results;
    }
}
