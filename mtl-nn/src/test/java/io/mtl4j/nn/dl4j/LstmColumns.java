package io.mtl4j.nn.dl4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The parameters of DL4J's LSTM in the order of ours. */
final class LstmColumns {

    /** DL4J's gates are: candidate, forget, output, input. Ours are: input, forget, candidate, output. */
    private static final int[] THEIRS = {3, 1, 0, 2};

    private LstmColumns() {}

    static Map<String, INDArray> toOurs(Map<String, INDArray> theirs) {
        INDArray bias = theirs.get("b");
        return Map.of(
                "W", reordered(theirs.get("W")),
                "R", reordered(theirs.get("RW")),
                "b", reordered(bias.reshape(1, bias.length())));
    }

    private static INDArray reordered(INDArray columns) {
        long units = columns.size(1) / THEIRS.length;
        INDArray[] blocks = new INDArray[THEIRS.length];
        for (int k = 0; k < blocks.length; k++) {
            blocks[k] = columns.get(all(), interval(THEIRS[k] * units, (THEIRS[k] + 1) * units));
        }
        return Nd4j.concat(1, blocks);
    }
}
