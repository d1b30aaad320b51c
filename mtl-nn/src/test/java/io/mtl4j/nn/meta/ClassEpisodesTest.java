package io.mtl4j.nn.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.layer.Seed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClassEpisodesTest {

    private static final int[] CLASSES =
            IntStream.range(0, 60).map(i -> i % 13 == 0 ? -1 : (i * 7 + 10) % 6).toArray();

    /** The feature of an example is its number, the label of the other task a hundred times that. */
    private static ArraySource source() {
        float[][] features = new float[CLASSES.length][1];
        float[] values = new float[CLASSES.length];
        for (int i = 0; i < CLASSES.length; i++) {
            features[i][0] = i;
            values[i] = 100 * i;
        }
        return ArraySource.builder("thing")
                .features(features)
                .labels("value", Labels.values(values))
                .build();
    }

    @Property(tries = 100)
    void classesAreNumberedAnewAndExamplesUsedOnce(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 6) int ways,
            @ForAll @IntRange(min = 1, max = 4) int shots,
            @ForAll @IntRange(min = 1, max = 3) int queries) {
        ClassEpisodes episodes = ClassEpisodes.of(source(), "kind", CLASSES)
                .ways(ways)
                .shots(shots)
                .queries(queries);
        Episode episode = episodes.draw(new Seed(seed).generator());
        SourceBatch support = episode.support().sources().get("thing");
        SourceBatch query = episode.query().sources().get("thing");
        assertEquals(ways * shots, support.size());
        assertEquals(ways * queries, query.size());
        Set<Integer> used = new HashSet<>();
        Map<Integer, Integer> classOf = new HashMap<>();
        for (SourceBatch batch : new SourceBatch[] {support, query}) {
            for (int i = 0; i < batch.size(); i++) {
                int example = (int) batch.features().getDouble(i, 0);
                int label = (int) batch.labels().get("kind").getDouble(i);
                assertTrue(used.add(example));
                assertEquals(CLASSES[example], classOf.computeIfAbsent(label, l -> CLASSES[example]));
                assertEquals(100 * example, batch.labels().get("value").getDouble(i));
            }
        }
        assertEquals(ways, new HashSet<>(classOf.values()).size());
        assertEquals(IntStream.range(0, ways).boxed().collect(java.util.stream.Collectors.toSet()), classOf.keySet());
        Episode again = episodes.draw(new Seed(seed).generator());
        assertEquals(query.features(), again.query().sources().get("thing").features());
    }

    @Test
    void saysWhatIsMissing() {
        ClassEpisodes many = ClassEpisodes.of(source(), "kind", CLASSES).shots(20);
        IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> many.draw(new Seed(1).generator()));
        assertTrue(thrown.getMessage().contains("0 of 6 classes have the 35 examples"), thrown.getMessage());
        IllegalArgumentException few =
                assertThrows(IllegalArgumentException.class, () -> ClassEpisodes.of(source(), "kind", 1, 2));
        assertTrue(few.getMessage().contains("2 classes for 60 examples"), few.getMessage());
        assertThrows(IllegalArgumentException.class, () -> many.ways(1));
    }
}
