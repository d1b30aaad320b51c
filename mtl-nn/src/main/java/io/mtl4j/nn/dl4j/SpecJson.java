package io.mtl4j.nn.dl4j;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.mtl4j.nn.internal.NamedClasses;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.util.StdConverter;

/**
 * Layers and shapes as JSON inside DL4J's. They are written like DL4J's layers, with the names of their classes, so that
 * layers of a user's own need no registration; only classes that are layers or shapes are made when reading. DL4J's copy of
 * Jackson knows no records, so the one of the class path does the work.
 */
final class SpecJson {

    private static final com.fasterxml.jackson.databind.ObjectMapper RECORDS =
            new com.fasterxml.jackson.databind.ObjectMapper()
                    .registerModule(new Jdk8Module())
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .addMixIn(LayerSpec.class, Named.class)
                    .addMixIn(Shape.class, Named.class);
    private static final ObjectMapper TREES = new ObjectMapper();

    private SpecJson() {}

    /** Writes the name of a value's class beside it. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
    private interface Named {}

    /** Found without running anything of the class. */
    private static boolean isPart(String name) {
        try {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            Class<?> type = Class.forName(name, false, context != null ? context : SpecJson.class.getClassLoader());
            return LayerSpec.class.isAssignableFrom(type) || Shape.class.isAssignableFrom(type);
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // and if it is the name of no class, it may stand there
        }
    }

    private static <T> T read(JsonNode tree, Class<T> type) {
        String json = tree.toString();
        try {
            NamedClasses.firstOutside(json, SpecJson::isPart).ifPresent(name -> {
                throw new IllegalArgumentException("a layer's description names the class " + name
                        + "; it may name kinds of LayerSpec and Shape and no others");
            });
            return RECORDS.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Writes a layer or a shape. */
    static final class ToTree extends StdConverter<Object, JsonNode> {
        @Override
        public JsonNode convert(Object value) {
            try {
                return TREES.readTree(RECORDS.writeValueAsString(value));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + value + ": " + e.getMessage(), e);
            }
        }
    }

    /** Reads a layer. */
    static final class ToSpec extends StdConverter<JsonNode, LayerSpec> {
        @Override
        public LayerSpec convert(JsonNode tree) {
            return read(tree, LayerSpec.class);
        }
    }

    /** Reads a shape. */
    static final class ToShape extends StdConverter<JsonNode, Shape> {
        @Override
        public Shape convert(JsonNode tree) {
            return read(tree, Shape.class);
        }
    }
}
