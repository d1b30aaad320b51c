package io.mtl4j.nn.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Classes that JSON of others names. A mapper that makes objects of named classes finds the name in a field of any name, in an
 * array before the object, or between the brackets of a generic type, and has loaded the class before it sees that it does not
 * fit. So all text is looked at, fields too, wherever it stands: what is the name of a class that is there, must be allowed.
 */
public final class NamedClasses {

    private static final String FIELD = "@class";
    private static final Pattern NAME = Pattern.compile("[\\w.$]+");
    private static final Pattern QUALIFIED = Pattern.compile("[^./]+(\\.[^./]+)+");
    private static final Pattern BETWEEN = Pattern.compile("[\\x00-\\x20<>,;\\[\\]]+");
    /** Looking for a class takes some 0.1 ms; names of layers may have dots, but not so many. */
    private static final int MOST_LOOKED_FOR = 10_000;

    private final Predicate<String> allowed;
    private final Set<String> lookedFor = new HashSet<>();

    private NamedClasses(Predicate<String> allowed) {
        this.allowed = allowed;
    }

    /**
     * {@return the first name that is not allowed; empty if all are}
     *
     * @param json text whose nesting is limited by Jackson's own bounds
     * @param allowed the names that are
     * @throws IOException if it is no JSON
     */
    public static Optional<String> firstOutside(String json, Predicate<String> allowed) throws IOException {
        NamedClasses names = new NamedClasses(allowed);
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            boolean named = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                Optional<String> outside = Optional.empty();
                if (named && token != JsonToken.VALUE_STRING) {
                    outside = Optional.of("null"); // a number, an object or an array where a name must be
                } else if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
                    outside = named ? names.refused(parser.getText()) : names.outside(parser.getText());
                }
                if (outside.isPresent()) {
                    return outside;
                }
                named = token == JsonToken.FIELD_NAME && parser.currentName().equals(FIELD);
            }
        }
        return Optional.empty();
    }

    /** The name that it is, if it is not allowed. */
    private Optional<String> refused(String name) {
        return NAME.matcher(name).matches() && allowed.test(name) ? Optional.empty() : Optional.of(name);
    }

    private Optional<String> outside(String text) {
        for (String piece : BETWEEN.split(text, -1)) {
            if (isOutside(piece) || (piece.startsWith("L") && isOutside(piece.substring(1)))) { // of an array: [Lname;
                return Optional.of(piece);
            }
        }
        return Optional.empty();
    }

    private boolean isOutside(String name) {
        if (!QUALIFIED.matcher(name).matches() || allowed.test(name) || !lookedFor.add(name)) {
            return false;
        }
        return lookedFor.size() > MOST_LOOKED_FOR || exists(name);
    }

    /** Without loading it. */
    private static boolean exists(String name) {
        String file = name.replace('.', '/') + ".class";
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return (context != null && context.getResource(file) != null)
                || NamedClasses.class.getClassLoader().getResource(file) != null;
    }
}
