package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.SourceBatch;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FewLabelsTest {

    @Test
    void runsEveryMethod() {
        Cli run = Cli.run(
                FewLabels.command(),
                "--embedded",
                "--labels=20",
                "--unlabeled=60",
                "--tests=50",
                "--steps=6",
                "--shift=1",
                "--seeds=1",
                "--rounds=1",
                "--confidence=0.1");
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.out().contains("seed 1: 20 labelled of 80 pictures, 20 for validation, 50 for test"), run.out());
        assertTrue(run.out().contains("round 0: {} added"), run.out());
        for (String method : new String[] {
            "labels only", "pseudo-labels", "mean teacher", "mutual learning", "ensemble of 5", "its members"
        }) {
            double accuracy = run.numberAfter(method);
            assertTrue(accuracy >= 0 && accuracy <= 100, method + " " + accuracy);
        }
    }

    @Test
    void shiftedPicturesRepeatTheirEdge() {
        INDArray picture =
                Nd4j.createFromArray(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}).reshape(1, 1, 3, 3);
        Random alwaysMost = new Random(0) {
            @Override
            public int nextInt(int low, int high) {
                return high - 1;
            }
        };
        INDArray moved = new ShiftPictures(1)
                .apply(SourceBatch.of(picture, null), alwaysMost)
                .features();
        assertArrayEquals(
                new float[] {1, 1, 2, 1, 1, 2, 4, 4, 5}, moved.reshape(9).toFloatVector());
        assertEquals(1, picture.getDouble(0));
    }
}
