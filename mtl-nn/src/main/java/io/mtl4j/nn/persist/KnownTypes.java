package io.mtl4j.nn.persist;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.head.AnswerFormat;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.LossFunction;
import io.mtl4j.nn.layer.Decoder;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.sharing.Sharing;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parts of models that files may hold, by the names under which they are written: those of the library, and those that
 * a user adds for layers, encoders, heads and losses of their own. Immutable.
 */
public final class KnownTypes {

    /** What is written with the name of its type. */
    static final List<Class<?>> OPEN_TYPES = List.of(
            LayerSpec.class,
            Encoder.class,
            Sharing.class,
            Head.class,
            AnswerFormat.class,
            Decoder.class,
            LossFunction.class,
            Shape.class);

    private final Map<String, Class<? extends Record>> byName;

    private KnownTypes(Map<String, Class<? extends Record>> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /** {@return the types of the library} */
    public static KnownTypes standard() {
        Map<String, Class<? extends Record>> names = new TreeMap<>();
        for (Class<? extends Record> type : StandardTypes.ALL) {
            names.put(type.getSimpleName(), type);
        }
        return new KnownTypes(names);
    }

    /**
     * {@return these types and one more}
     *
     * @param name the name in files: keep it when the class is renamed
     * @param type a record, whose components are plain values or other known types
     * @throws IllegalArgumentException if the name is taken
     */
    public KnownTypes with(String name, Class<? extends Record> type) {
        Map<String, Class<? extends Record>> more = new TreeMap<>(byName);
        Class<? extends Record> taken = more.putIfAbsent(name, type);
        if (taken != null) {
            throw new IllegalArgumentException(
                    "type name \"" + name + "\" already stands for " + taken.getName() + "; choose another");
        }
        return new KnownTypes(more);
    }

    /** {@return the types by name} */
    Map<String, Class<? extends Record>> byName() {
        return byName;
    }

    /** {@return what reads and writes JSON with these types and no others} */
    ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper()
                .registerModule(new Jdk8Module())
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        OPEN_TYPES.forEach(type -> mapper.addMixIn(type, Named.class));
        byName.forEach((name, type) -> mapper.registerSubtypes(new NamedType(type, name)));
        return mapper;
    }

    /** Writes the name of a value's type beside it. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Named {}
}
