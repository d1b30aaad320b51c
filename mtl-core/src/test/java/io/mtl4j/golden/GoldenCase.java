package io.mtl4j.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One golden case: parameters, and the steps to be taken one after the other on one fresh method (one step when the
 * method is stateless).
 *
 * @param id unique name
 * @param params the file's parameters, overridden by those of the case
 * @param steps the steps
 */
public record GoldenCase(String id, JsonNode params, List<GoldenStep> steps) {

    static GoldenCase read(JsonNode file, JsonNode node) {
        ObjectNode params = ((ObjectNode) file.get("params")).deepCopy();
        if (node.hasNonNull("params")) {
            params.setAll((ObjectNode) node.get("params"));
        }
        List<GoldenStep> steps = new ArrayList<>();
        if (node.hasNonNull("steps")) {
            node.get("steps").forEach(step -> steps.add(new GoldenStep(step)));
        } else {
            steps.add(new GoldenStep(node));
        }
        return new GoldenCase(node.get("id").asText(), params, steps);
    }

    /** {@return a parameter that is a number} */
    public double param(String name) {
        if (!params.hasNonNull(name)) {
            throw new IllegalArgumentException(id + " has no parameter \"" + name + "\"");
        }
        return params.get(name).asDouble();
    }

    /** {@return a parameter that is a text} */
    public String textParam(String name) {
        return params.get(name).asText();
    }

    /** {@return a parameter that is a vector, or null} */
    public double[] vectorParam(String name) {
        return params.hasNonNull(name) ? GoldenStep.vector(params.get(name)) : null;
    }
}
