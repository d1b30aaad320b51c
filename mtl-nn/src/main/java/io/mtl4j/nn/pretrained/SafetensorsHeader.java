package io.mtl4j.nn.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.pretrained.Safetensors.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * The header of a {@link Safetensors} file: what it says is true of the bytes behind it, or it is refused.
 *
 * @param file name of the file, for messages
 * @param dataLength number of bytes behind the header
 */
record SafetensorsHeader(String file, long dataLength) {

    private static final String METADATA = "__metadata__";
    private static final int MOST_DIMENSIONS = 32;
    private static final Map<String, Integer> WIDTHS = Map.ofEntries(
            Map.entry("BOOL", 1),
            Map.entry("U8", 1),
            Map.entry("I8", 1),
            Map.entry("F8_E4M3", 1),
            Map.entry("F8_E5M2", 1),
            Map.entry("U16", 2),
            Map.entry("I16", 2),
            Map.entry("F16", 2),
            Map.entry("BF16", 2),
            Map.entry("U32", 4),
            Map.entry("I32", 4),
            Map.entry("F32", 4),
            Map.entry("U64", 8),
            Map.entry("I64", 8),
            Map.entry("F64", 8));

    Map<String, Tensor> parse(byte[] json) {
        JsonNode root = StrictJson.parse(json, file);
        if (!root.isObject()) {
            throw wrong("the header is no JSON object");
        }
        Map<String, Tensor> tensors = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!entry.getKey().equals(METADATA)) {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
            }
        }
        requireSideBySide(tensors);
        return Collections.unmodifiableMap(tensors);
    }

    private Tensor tensor(String name, JsonNode node) {
        JsonNode type = node.path("dtype");
        JsonNode shape = node.path("shape");
        JsonNode offsets = node.path("data_offsets");
        if (shape.size() > MOST_DIMENSIONS) {
            throw wrong("array \"" + name + "\" has " + shape.size() + " dimensions; " + MOST_DIMENSIONS
                    + " at most can be read");
        }
        if (!type.isTextual() || !areCounts(shape) || !areCounts(offsets) || offsets.size() != 2) {
            throw wrong("array \"" + name + "\" is described by " + StrictJson.shortened(node)
                    + "; it must have a dtype, a shape, and two data_offsets, whole numbers from 0");
        }
        Integer width = WIDTHS.get(type.textValue());
        if (width == null) {
            throw wrong("array \"" + name + "\" is of the unknown type " + StrictJson.shortened(type) + "; known are "
                    + WIDTHS.keySet().stream().sorted().toList());
        }
        List<Long> sizes = new ArrayList<>();
        shape.forEach(size -> sizes.add(size.longValue()));
        Tensor tensor = new Tensor(
                type.textValue(),
                sizes,
                offsets.get(0).longValue(),
                offsets.get(1).longValue());
        requireLength(name, tensor, width);
        return tensor;
    }

    private static boolean areCounts(JsonNode node) {
        return node.isArray()
                && StreamSupport.stream(node.spliterator(), false)
                        .allMatch(n -> n.isIntegralNumber() && n.canConvertToLong() && n.longValue() >= 0);
    }

    private void requireLength(String name, Tensor tensor, int width) {
        boolean fits = tensor.from() <= tensor.to() && tensor.to() <= dataLength;
        try {
            long needed = width;
            for (long size : tensor.shape()) {
                needed = Math.multiplyExact(needed, size);
            }
            fits &= needed == tensor.to() - tensor.from();
        } catch (ArithmeticException e) { // more than any file holds
            fits = false;
        }
        if (!fits) {
            throw wrong("array \"" + name + "\" of type " + tensor.type() + " and shape " + tensor.shape()
                    + " has the bytes " + tensor.from() + " to " + tensor.to() + " of " + dataLength
                    + "; they must be as many as the shape needs, and lie in the file");
        }
    }

    private void requireSideBySide(Map<String, Tensor> tensors) {
        long end = 0;
        List<Map.Entry<String, Tensor>> inOrder = new ArrayList<>(tensors.entrySet());
        inOrder.sort(Comparator.comparingLong(
                        (Map.Entry<String, Tensor> e) -> e.getValue().from())
                .thenComparingLong(e -> e.getValue().to()));
        for (Map.Entry<String, Tensor> entry : inOrder) {
            if (entry.getValue().from() != end) {
                throw wrong("array \"" + entry.getKey() + "\" begins at byte "
                        + entry.getValue().from() + " where byte " + end
                        + " is the next; arrays must lie side by side, without gaps or overlaps");
            }
            end = entry.getValue().to();
        }
        if (end != dataLength) {
            throw wrong("the arrays end at byte " + end + " of " + dataLength + "; they must fill the file");
        }
    }

    private DataFileException wrong(String problem) {
        return DataFileException.of(
                file, problem + ". The file is damaged, or not in the safetensors format; fetch or save it again");
    }
}
