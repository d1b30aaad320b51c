package io.mtl4j.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/** One step of a golden case: named numbers in, and what must come out. */
public record GoldenStep(JsonNode fields) {

    /** {@return the gradients [K][D]} */
    public double[][] grads() {
        return matrix("grads");
    }

    /** {@return the losses [K]} */
    public double[] losses() {
        return vector("losses");
    }

    /** {@return whether there is a value of that name that is not null} */
    public boolean has(String name) {
        return fields.hasNonNull(name);
    }

    /** {@return a number} */
    public double number(String name) {
        return number(node(name));
    }

    /** {@return a vector; a path such as random/uniform goes down} */
    public double[] vector(String path) {
        return vector(node(path));
    }

    /** {@return a matrix} */
    public double[][] matrix(String path) {
        return matrix(node(path));
    }

    /** {@return a list of matrices} */
    public double[][][] cube(String path) {
        JsonNode node = node(path);
        double[][][] cube = new double[node.size()][][];
        for (int i = 0; i < cube.length; i++) {
            cube[i] = matrix(node.get(i));
        }
        return cube;
    }

    /** {@return what to check: expected, exactExpected or finite} */
    public String compare() {
        return node("compare").asText();
    }

    private JsonNode node(String path) {
        JsonNode node = fields.at("/" + path);
        if (node.isMissingNode() || node.isNull()) {
            throw new IllegalArgumentException("golden step has no \"" + path + "\"");
        }
        return node;
    }

    static double[][] matrix(JsonNode node) {
        double[][] matrix = new double[node.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = vector(node.get(i));
        }
        return matrix;
    }

    static double[] vector(JsonNode node) {
        double[] vector = new double[node.size()];
        Iterator<JsonNode> entries = node.elements();
        for (int i = 0; i < vector.length; i++) {
            vector[i] = number(entries.next());
        }
        return vector;
    }

    private static double number(JsonNode node) {
        return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble(Double.NaN);
    }
}
