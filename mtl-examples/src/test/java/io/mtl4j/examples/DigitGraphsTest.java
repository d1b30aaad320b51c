package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.image.Pictures;
import io.mtl4j.nn.layer.Shape;
import org.junit.jupiter.api.Test;

class DigitGraphsTest {

    /** A ring of 12 x 12 pixels with 4 x 4 missing in its middle, and a stroke apart from it. */
    private static Pictures ring() {
        byte[] pixels = new byte[32 * 16];
        for (int r = 0; r < 12; r++) {
            for (int c = 0; c < 12; c++) {
                boolean hole = r >= 4 && r < 8 && c >= 4 && c < 8;
                pixels[r * 16 + c] = (byte) (hole ? 0 : 255);
            }
        }
        for (int c = 0; c < 4; c++) {
            pixels[28 * 16 + c] = (byte) 255;
        }
        return Pictures.of(Shape.image(1, 32, 16), pixels);
    }

    @Test
    void nodesAreCellsWithInkAndTheRimIsAtWhatTheyEnclose() {
        StrokeGraph graph = StrokeGraph.of(ring(), 0, 2);
        assertEquals(9, graph.nodes().length);
        assertArrayEquals(new float[] {-0.875f, -0.75f, 1}, graph.nodes()[0]);
        assertArrayEquals(new float[] {0.78125f, -0.75f, 0.25f}, graph.nodes()[8]);
        assertArrayEquals(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 0}, graph.rim());
        assertEquals(18, graph.edges().length);
        assertArrayEquals(new int[] {0, 3}, graph.edges()[0]);
        assertEquals(Math.exp(-0.25), graph.weights()[0], 1e-6);
        assertEquals(0, StrokeGraph.of(ring(), 0, 0).edges().length);
    }

    @Test
    void learnsBothTasksFromSomeGraphsWithEitherLayer() {
        for (String layer : new String[] {"convolution", "attention"}) {
            Cli run = Cli.run(
                    DigitGraphs.command(),
                    "--limit=300",
                    "--learning-rate=0.01",
                    "--epochs=6",
                    "--batch=10",
                    "--units=16",
                    "--layer=" + layer);
            assertEquals(0, run.status(), run.errors());
            assertTrue(run.numberAfter("digit accuracy") > 20, run.out());
            assertTrue(run.numberAfter("rim accuracy of nodes") > 50, run.out());
        }
    }

    @Test
    void aPictureWithoutInkIsOneNode() {
        StrokeGraph graph = StrokeGraph.of(Pictures.of(Shape.image(1, 4, 4), new byte[16]), 0, 8);
        assertArrayEquals(new float[][] {{0, 0, 0}}, graph.nodes());
        assertArrayEquals(new int[] {0}, graph.rim());
        assertEquals(0, graph.edges().length);
    }
}
