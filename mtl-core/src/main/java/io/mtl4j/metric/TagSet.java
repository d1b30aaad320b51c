package io.mtl4j.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tags that mark entities, and how entities are read from a sequence of them.
 *
 * <p>{@code O} is outside of every entity. {@code B-PER} begins an entity of type PER and {@code I-PER} goes on with
 * it; {@code E-PER} (also {@code L-}) is its last element and {@code S-PER} (also {@code U-}) an entity of one element.
 * Without a type ({@code B}, {@code I}) the type is empty.
 *
 * <p>Entities are read as the CoNLL-2000 and 2003 evaluation script {@code conlleval} reads them, which takes both IOB1
 * and IOB2 (BIO), and repairs what is neither: an entity begins at a B or S; at any other tag of an entity that follows
 * an O, an E, an S or a tag of another type; and it ends before an O, a B, an S or a tag of another type, and after an
 * E or an S. So {@code O I-PER I-PER} is one entity, and {@code B-PER I-ORG} is two.
 *
 * <p>Source: Tjong Kim Sang and De Meulder, "Introduction to the CoNLL-2003 shared task", 2003, and its script.
 */
public final class TagSet {
    private static final Pattern TAG = Pattern.compile("([BIESLU])(?:-(.*))?");

    private final List<String> names;
    private final boolean[] outside;
    private final boolean[] begins;
    private final boolean[] ends;
    private final String[] types;

    /**
     * Creates it.
     *
     * @param names the tags in the order of their numbers
     * @throws IllegalArgumentException if a tag is not of the form given above
     */
    public TagSet(List<String> names) {
        this.names = List.copyOf(names);
        int size = names.size();
        outside = new boolean[size];
        begins = new boolean[size];
        ends = new boolean[size];
        types = new String[size];
        for (int tag = 0; tag < size; tag++) {
            parse(tag, names.get(tag));
        }
    }

    private void parse(int tag, String name) {
        Matcher matcher = TAG.matcher(name);
        if (name.equals("O")) {
            outside[tag] = true;
            types[tag] = "";
        } else if (matcher.matches()) {
            String place = matcher.group(1);
            begins[tag] = place.equals("B") || place.equals("S") || place.equals("U");
            ends[tag] = place.equals("E") || place.equals("L") || place.equals("S") || place.equals("U");
            types[tag] = matcher.group(2) == null ? "" : matcher.group(2);
        } else {
            throw new IllegalArgumentException(
                    "tag \"" + name + "\" marks no entity; tags are O, or B, I, E, S with a type, such as B-PER");
        }
    }

    /**
     * {@return whether some of the names have the form of tags that mark entities, and there is either an {@code O} or no
     * name of another form}
     *
     * @param names names of tags
     */
    public static boolean marksEntities(List<String> names) {
        long marking = names.stream().map(TAG::matcher).filter(Matcher::matches).count();
        return marking > 0 && (names.contains("O") || marking == names.size());
    }

    /** {@return the tags in the order of their numbers} */
    public List<String> names() {
        return names;
    }

    /** {@return the types of entity, in the order in which the tags first name them} */
    public List<String> types() {
        List<String> found = new ArrayList<>();
        for (int tag = 0; tag < types.length; tag++) {
            if (!outside[tag] && !found.contains(types[tag])) {
                found.add(types[tag]);
            }
        }
        return List.copyOf(found);
    }

    /**
     * {@return the entities of a sequence, in order}
     *
     * @param tags the numbers of the tags, one an element
     * @throws IndexOutOfBoundsException if there is no tag of some number
     */
    public List<Span> spans(int[] tags) {
        List<Span> spans = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < tags.length; i++) {
            if (start >= 0 && endsBetween(tags[i - 1], tags[i])) {
                spans.add(new Span(types[tags[i - 1]], start, i));
                start = -1;
            }
            if (start < 0 && !outside[tags[i]]) {
                start = i;
            }
        }
        if (start >= 0) {
            spans.add(new Span(types[tags[tags.length - 1]], start, tags.length));
        }
        return List.copyOf(spans);
    }

    private boolean endsBetween(int previous, int tag) {
        return outside[tag] || begins[tag] || ends[previous] || !types[tag].equals(types[previous]);
    }
}
