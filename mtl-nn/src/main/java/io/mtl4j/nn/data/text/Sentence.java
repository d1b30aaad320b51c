package io.mtl4j.nn.data.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A sentence whose words have tags.
 *
 * @param tokens its words
 * @param tagsByName rows of tags, one for each word, by the name of the row
 * @param properties what is said about the sentence as a whole, by name
 */
public record Sentence(List<String> tokens, Map<String, List<String>> tagsByName, Map<String, String> properties) {

    /** Checks the number of tags, and copies all. */
    public Sentence {
        tokens = List.copyOf(tokens);
        tagsByName = tagsByName.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        properties = Map.copyOf(properties);
        int words = tokens.size();
        tagsByName.forEach((name, tags) -> {
            if (tags.size() != words) {
                throw new IllegalArgumentException("sentence: " + tags.size() + " tags \"" + name + "\" for " + words
                        + " words; give one tag for each word");
            }
        });
    }

    /**
     * {@return a row of tags}
     *
     * @param name name of the row
     * @throws IllegalArgumentException if there is none of this name
     */
    public List<String> tags(String name) {
        return get(tagsByName, name, "tags");
    }

    /**
     * {@return what is said about the sentence}
     *
     * @param name name of the property
     * @throws IllegalArgumentException if there is none of this name
     */
    public String property(String name) {
        return get(properties, name, "property");
    }

    private <T> T get(Map<String, T> map, String name, String what) {
        T value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "sentence " + tokens + " has no " + what + " \"" + name + "\"; it has " + map.keySet());
        }
        return value;
    }
}
