package io.mtl4j.nn.ensemble;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What members computed for one task, as numbers. */
final class TaskOutputs {

    private TaskOutputs() {}

    /**
     * Checks that outputs are probabilities or values, and alike.
     *
     * @throws IllegalArgumentException if they are not
     */
    static void require(Task task, List<INDArray> outputs) {
        long[] shape = outputs.get(0).shape();
        if (task.kind() == TaskKind.TAGGING && outputs.get(0).size(-1) != task.outputs()) {
            throw new IllegalArgumentException("task \"" + task.name() + "\": outputs of shape "
                    + Arrays.toString(shape) + " for " + task.outputs()
                    + " tags hold more than the probabilities of tags,"
                    + " such as the best path of a CRF; combine members whose tags are chosen step by step");
        }
        for (INDArray output : outputs) {
            if (!Arrays.equals(output.shape(), shape)) {
                throw new IllegalArgumentException("task \"" + task.name() + "\": a member gives outputs of shape "
                        + Arrays.toString(output.shape()) + " and another of shape " + Arrays.toString(shape)
                        + "; the members of an ensemble must answer alike");
            }
        }
    }

    /** The numbers in C order. */
    static double[] read(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    static INDArray like(INDArray array, double[] values) {
        return Nd4j.create(values, array.shape(), array.dataType());
    }
}
