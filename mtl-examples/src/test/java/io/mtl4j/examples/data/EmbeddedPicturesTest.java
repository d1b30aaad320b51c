package io.mtl4j.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.layer.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddedPicturesTest {

    private static void assertBalanced(LabeledPictures part, int ofEachClass) {
        assertEquals(Shape.image(1, 28, 28), part.pictures().shape());
        assertTrue(IntStream.of(part.counts()).allMatch(count -> count == ofEachClass), part.toString());
    }

    @Test
    void digitsAreBalancedAndAsBrightAsMnist() {
        ImageDataSet digits = EmbeddedPictures.mnist();
        assertBalanced(digits.train(), 200);
        assertBalanced(digits.test(), 50);
        assertEquals(0.1307, digits.train().pictures().standardizer().mean().get(0), 0.01);
    }

    @Test
    void clothesAreBalancedAndNamed() {
        ImageDataSet clothes = EmbeddedPictures.fashionMnist();
        assertBalanced(clothes.train(), 200);
        assertBalanced(clothes.test(), 50);
        assertEquals("Ankle boot", clothes.train().classNames().get(9));
        assertEquals(0.286, clothes.train().pictures().standardizer().mean().get(0), 0.01);
    }

    @Test
    void theNoticeOfSourcesIsBesideTheData() {
        assertNotNull(EmbeddedPictures.class.getResource("NOTICE.txt"));
    }
}
