package io.mtl4j.nn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.primitive_desc_base;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** oneDNN computes everything, but what it has no fast code for takes some thirty times as long. */
class ConvolutionCodeTest {

    private static final int[] CHANNELS = {1, 3, 4, 5, 8, 10, 12, 16, 24, 32, 48};

    @Test
    void noConvolutionRunsOnReferenceCode() {
        assumeTrue(OneDnn.serves(Nd4j.createFromArray(1f)), "oneDNN does not run here");
        List<String> slow = new ArrayList<>();
        for (int in : CHANNELS) {
            for (int out : CHANNELS) {
                for (int window : new int[] {1, 3, 5}) {
                    Sliding sliding = new Sliding(
                            new Picture(4, in, 14, 14), new Picture(4, out, 14, 14), window, window, 1, 1, true);
                    Convolution of = new Convolution(sliding, true, true);
                    note(of, "forward", of.forwardDescription(), slow);
                    note(of, "weights", of.weightsDescription(), slow);
                    note(of, "input", of.inputDescription(), slow);
                }
            }
        }
        assertEquals(List.of(), slow);
    }

    private static void note(Convolution of, String direction, primitive_desc_base description, List<String> slow) {
        String code = description.impl_info_str().getString();
        if (code.startsWith("ref")) {
            Sliding s = of.sliding();
            slow.add(direction + ' ' + s.in().channels() + " -> " + s.out().channels() + ", " + s.rows() + "x"
                    + s.rows());
        }
    }
}
