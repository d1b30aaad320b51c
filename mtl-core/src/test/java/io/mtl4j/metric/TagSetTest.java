package io.mtl4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TagSetTest {
    private static final List<String> NAMES =
            List.of("O", "B-PER", "I-PER", "E-PER", "S-PER", "B-LOC", "I-LOC", "E-LOC", "S-LOC");

    private static List<Span> spans(String tags) {
        List<String> names = Stream.concat(NAMES.stream(), Stream.of("B", "I")).toList();
        return new TagSet(names)
                .spans(Arrays.stream(tags.split(" ")).mapToInt(names::indexOf).toArray());
    }

    @Example
    void readsBioTags() {
        assertEquals(
                List.of(new Span("PER", 0, 2), new Span("LOC", 3, 4), new Span("LOC", 4, 6)),
                spans("B-PER I-PER O B-LOC B-LOC I-LOC"));
    }

    @Example
    void readsIob1TagsWhereOnlyAdjacentEntitiesNeedAB() {
        assertEquals(
                List.of(new Span("PER", 0, 2), new Span("PER", 2, 3), new Span("LOC", 4, 5)),
                spans("I-PER I-PER B-PER O I-LOC"));
    }

    @Example
    void anotherTypeBeginsAnotherEntity() {
        assertEquals(List.of(new Span("PER", 0, 1), new Span("LOC", 1, 3)), spans("B-PER I-LOC I-LOC"));
    }

    @Example
    void readsTagsThatMarkTheLastElement() {
        assertEquals(
                List.of(new Span("PER", 0, 3), new Span("PER", 3, 4), new Span("PER", 4, 6), new Span("LOC", 6, 7)),
                spans("B-PER I-PER E-PER S-PER I-PER E-PER S-LOC"));
        assertEquals(
                List.of(new Span("X", 0, 2), new Span("X", 2, 3)),
                new TagSet(List.of("O", "B-X", "L-X", "U-X")).spans(new int[] {1, 2, 3}));
    }

    @Example
    void tagsWithoutATypeHaveTheEmptyType() {
        assertEquals(List.of(new Span("", 0, 2), new Span("", 2, 3)), spans("B I B O"));
    }

    @Example
    void typesMayContainHyphens() {
        TagSet tags = new TagSet(List.of("O", "B-work-of-art", "I-work-of-art"));
        assertEquals(List.of("work-of-art"), tags.types());
        assertEquals(List.of(new Span("work-of-art", 0, 2)), tags.spans(new int[] {1, 2}));
    }

    @Example
    void emptySequenceHasNoEntities() {
        assertEquals(List.of(), new TagSet(NAMES).spans(new int[0]));
    }

    /** The rules of conlleval as tables: pairs of places between which an entity begins or ends whatever the types. */
    private static List<Span> conlleval(int[] tags) {
        Set<String> begins =
                Set.of("BB", "IB", "OB", "OI", "EE", "EI", "OE", "SB", "EB", "BS", "IS", "ES", "SS", "OS", "SI", "SE");
        Set<String> ends =
                Set.of("BB", "BO", "BS", "IB", "IO", "IS", "EE", "EI", "EO", "EB", "ES", "SS", "SI", "SO", "SB", "SE");
        List<Span> found = new ArrayList<>();
        String before = "O";
        int start = -1;
        for (int i = 0; i <= tags.length; i++) {
            String tag = i < tags.length ? NAMES.get(tags[i]) : "O";
            String pair = before.substring(0, 1) + tag.substring(0, 1);
            boolean otherType = !before.substring(1).equals(tag.substring(1));
            if (ends.contains(pair) || (!before.equals("O") && otherType)) {
                found.add(new Span(before.substring(2), start, i));
            }
            if (begins.contains(pair) || (!tag.equals("O") && otherType)) {
                start = i;
            }
            before = tag;
        }
        return found;
    }

    @Property(tries = 1000)
    void readsAnySequenceAsConllevalDoes(@ForAll long seed, @ForAll @IntRange(max = 25) int length) {
        int[] tags = new Random(seed).ints(length, 0, NAMES.size()).toArray();
        assertEquals(conlleval(tags), new TagSet(NAMES).spans(tags));
    }

    @Example
    void knowsTagsThatMarkEntitiesFromOthers() {
        assertTrue(TagSet.marksEntities(NAMES));
        assertTrue(TagSet.marksEntities(List.of("B", "I", "E", "S")));
        assertFalse(TagSet.marksEntities(List.of("NOUN", "VERB", "X")));
        assertFalse(TagSet.marksEntities(List.of()));
    }

    @Example
    void otherTagsAreRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new TagSet(List.of("O", "B-PER", "<pad>")));
        assertTrue(e.getMessage().contains("<pad>"));
    }
}
