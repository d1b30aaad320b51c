package io.mtl4j.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.data.image.Pictures;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MultiMnistTest {

    private static final int SIDE = 28;

    /** Picture 0 has a ramp whose pixels tell their place, picture 1 is flat, picture 2 black but for one pixel. */
    private static LabeledPictures digits() {
        byte[] pixels = new byte[3 * SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                pixels[row * SIDE + column] = (byte) (1 + 5 * row + column);
                pixels[SIDE * SIDE + row * SIDE + column] = 100;
            }
        }
        pixels[2 * SIDE * SIDE + 3 * SIDE + 4] = (byte) 255;
        List<String> names = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
        return new LabeledPictures(Pictures.of(Shape.image(1, SIDE, SIDE), pixels), new int[] {7, 2, 5}, names);
    }

    @Test
    void shrinksTheCanvasToTheNearestPixels() {
        Pictures made = MultiMnist.of(digits(), new int[] {0}, new int[] {2}).pictures();
        // Rows and columns 0, 1, 2, 3 of the picture come from 0, 1, 3, 4 of the canvas, 21 from 27, 22 from 28.
        assertEquals(1, made.pixel(0, 0, 0, 0));
        assertEquals(1 + 5 * 1 + 3, made.pixel(0, 0, 1, 2));
        assertEquals(1 + 5 * 4 + 1, made.pixel(0, 0, 3, 1));
        assertEquals(1 + 5 * 27 + 27, made.pixel(0, 0, 21, 21));
        assertEquals(0, made.pixel(0, 0, 22, 21));
        assertEquals(0, made.pixel(0, 0, 21, 22));
    }

    @Test
    void shiftsTheRightDigitBySixAndTakesTheBrighterPixel() {
        Pictures made = MultiMnist.of(digits(), new int[] {0}, new int[] {1}).pictures();
        // Column 4 of the picture is column 5 of the canvas, column 5 is 7: only there the flat digit begins.
        assertEquals(1 + 5 * 7 + 5, made.pixel(0, 0, 5, 4));
        assertEquals(100, made.pixel(0, 0, 5, 5));
        assertEquals(Math.max(100, 1 + 5 * 27 + 27), made.pixel(0, 0, 21, 21));
        // The flat digit ends at row 33 of the canvas; row 25 of the picture comes from 32, row 26 from 34.
        assertEquals(100, made.pixel(0, 0, 25, 10));
        assertEquals(0, made.pixel(0, 0, 26, 10));
        assertEquals(0, made.pixel(0, 0, 27, 27));
    }

    @Test
    void putsOneBrightPixelWhereTheRecipeSays() {
        Pictures made = MultiMnist.of(digits(), new int[] {2}, new int[] {2}).pictures();
        // Left at row 3, column 4 of the canvas = 2, 3 of the picture; right at 9, 10 = 7, 8 (from 9.64, 10.93).
        int bright = 0;
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                bright += made.pixel(0, 0, row, column) == 255 ? 1 : 0;
            }
        }
        assertEquals(2, bright);
        assertEquals(255, made.pixel(0, 0, 2, 3));
        assertEquals(255, made.pixel(0, 0, 7, 8));
    }

    @Test
    void labelsBothDigits() {
        MultiMnist made = MultiMnist.of(digits(), new int[] {0, 1, 2}, new int[] {2, 2, 0});
        assertEquals(List.of(7, 2, 5), made.left());
        assertEquals(List.of(5, 5, 7), made.right());
        SourceBatch batch = made.source(List.of(MultiMnist.LEFT, MultiMnist.RIGHT))
                .batch(new int[] {0, 2}, new SplittableRandom(0));
        assertEquals(7, batch.labels().get(MultiMnist.LEFT).getDouble(0));
        assertEquals(7, batch.labels().get(MultiMnist.RIGHT).getDouble(1));
        assertEquals((1 / 255.0 - 0.1307) / 0.3081, batch.features().getDouble(0, 0, 0, 0), 1e-6);
    }

    @Test
    void drawsTheRightDigitsFromTheSeed() {
        LabeledPictures digits = digits();
        MultiMnist one = MultiMnist.random(digits, 3, 5);
        assertEquals(List.of(7, 2, 5), one.left());
        assertEquals(one.right(), MultiMnist.random(digits, 3, 5).right());
        assertTrue(IntStream.range(0, 20)
                .anyMatch(seed -> !MultiMnist.random(digits, 3, seed).right().equals(one.right())));
    }

    @Test
    void rejectsMorePicturesThanDigitsAndOtherShapes() {
        LabeledPictures digits = digits();
        String many = assertThrows(IllegalArgumentException.class, () -> MultiMnist.random(digits, 4, 1))
                .getMessage();
        assertTrue(many.contains("4 pictures asked for, 3 digits"), many);
        LabeledPictures small =
                new LabeledPictures(Pictures.of(Shape.image(1, 2, 2), new byte[4]), new int[] {0}, List.of("0"));
        assertThrows(IllegalArgumentException.class, () -> MultiMnist.of(small, new int[] {0}, new int[] {0}));
    }
}
