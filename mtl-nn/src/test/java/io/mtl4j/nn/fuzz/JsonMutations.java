package io.mtl4j.nn.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damages JSON so that it stays JSON: values of another kind or beyond all measure, parts that are missing or elsewhere. */
public final class JsonMutations {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonMutations() {}

    /** {@return a damaged copy} */
    public static byte[] mutate(byte[] json, RandomGenerator random) throws IOException {
        JsonNode root = MAPPER.readTree(json);
        List<ContainerNode<?>> places = new ArrayList<>();
        collect(root, places);
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            change(places.get(random.nextInt(places.size())), places, random);
        }
        return MAPPER.writeValueAsBytes(root);
    }

    private static void collect(JsonNode node, List<ContainerNode<?>> places) {
        if (node instanceof ContainerNode<?> container) {
            places.add(container);
        }
        node.forEach(child -> collect(child, places));
    }

    private static void change(ContainerNode<?> place, List<ContainerNode<?>> all, RandomGenerator random) {
        if (place.isEmpty()) {
            return;
        }
        JsonNode value = value(all, random);
        int which = random.nextInt(place.size());
        if (place instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(which);
            if (random.nextInt(6) == 0) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        } else if (place instanceof ArrayNode array) {
            if (random.nextInt(4) == 0) {
                array.remove(which);
            } else {
                array.set(which, value);
            }
        }
    }

    private static JsonNode value(List<ContainerNode<?>> all, RandomGenerator random) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (random.nextInt(12)) {
            case 0 -> make.nullNode();
            case 1 -> make.numberNode(-1);
            case 2 -> make.numberNode(0);
            case 3 -> make.numberNode(Integer.MAX_VALUE);
            case 4 -> make.numberNode(Long.MAX_VALUE);
            case 5 -> make.numberNode(1e308);
            case 6 -> make.textNode("NaN");
            case 7 -> make.textNode("java.lang.ProcessBuilder");
            case 8 -> make.arrayNode();
            case 9 -> make.objectNode();
            case 10 -> make.numberNode(random.nextInt(1000));
            default -> all.get(random.nextInt(all.size())).deepCopy();
        };
    }
}
