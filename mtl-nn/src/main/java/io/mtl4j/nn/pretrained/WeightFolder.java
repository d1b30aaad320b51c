package io.mtl4j.nn.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtl4j.nn.data.DataFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arrays of a folder as Hugging Face lays it out: one safetensors file, or several with an index. */
final class WeightFolder {

    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = SINGLE + ".index.json";
    private static final List<String> PICKLES = List.of("pytorch_model.bin", "pytorch_model.bin.index.json");
    private static final int LARGEST_INDEX = 1 << 24;

    private final Path folder;
    private final Map<String, Safetensors> files;

    private WeightFolder(Path folder, Map<String, Safetensors> files) {
        this.folder = folder;
        this.files = Map.copyOf(files);
    }

    static WeightFolder open(Path folder) {
        Path single = folder.resolve(SINGLE);
        if (Files.exists(single)) {
            Safetensors file = Safetensors.open(single);
            Map<String, Safetensors> files = new HashMap<>();
            file.tensors().keySet().forEach(name -> files.put(name, file));
            return new WeightFolder(folder, files);
        }
        if (Files.exists(folder.resolve(INDEX))) {
            return new WeightFolder(folder, ofParts(folder));
        }
        String cure = PICKLES.stream().anyMatch(name -> Files.exists(folder.resolve(name)))
                ? "there is a pytorch_model.bin, which is a Python pickle: a program that could do anything, so it is not"
                        + " read; load it with a version of Python you trust and save it by"
                        + " model.save_pretrained(folder, safe_serialization=True)"
                : "put the file there that belongs to the config.json";
        throw DataFileException.of(folder.toString(), "has no " + SINGLE + "; " + cure);
    }

    private static Map<String, Safetensors> ofParts(Path folder) {
        Path index = folder.resolve(INDEX);
        JsonNode map = StrictJson.read(index, LARGEST_INDEX).path("weight_map");
        Map<String, Safetensors> parts = new HashMap<>();
        Map<String, Safetensors> files = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String part = entry.getValue().asText();
            requirePlain(part, index);
            Safetensors file = parts.computeIfAbsent(part, name -> Safetensors.open(folder.resolve(name)));
            if (!file.tensors().containsKey(entry.getKey())) {
                throw DataFileException.of(
                        index.toString(),
                        "array \"" + entry.getKey() + "\" should be in " + part
                                + ", which has none of that name; fetch all files of one version");
            }
            files.put(entry.getKey(), file);
        }
        return files;
    }

    /** A file of this folder, not one that a path leads to. */
    private static void requirePlain(String part, Path index) {
        if (!part.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*\\.safetensors")) {
            throw DataFileException.of(
                    index.toString(),
                    "names the file \"" + part
                            + "\"; parts must be safetensors files in the same folder, named by letters, digits, _, - and .");
        }
    }

    /** {@return the first of some names that an array has} */
    Optional<String> find(Stream<String> names) {
        return names.filter(files::containsKey).findFirst();
    }

    /**
     * {@return the name, if the array has this shape}
     *
     * @throws DataFileException if there is no such array, or it has another shape
     */
    String require(String name, List<Long> shape) {
        Safetensors file = files.get(name);
        if (file == null) {
            throw DataFileException.of(
                    folder.toString(),
                    "the weights have no array \"" + name + "\", which the network of config.json needs; there are "
                            + files.keySet().stream().sorted().limit(8).toList() + " and so on, " + files.size()
                            + " in all");
        }
        List<Long> found = file.tensors().get(name).shape();
        if (!found.equals(shape)) {
            throw DataFileException.of(
                    folder.toString(),
                    "array \"" + name + "\" has the shape " + found + " where config.json asks for " + shape
                            + "; both files must belong to one network");
        }
        return name;
    }

    /** {@return the numbers of an array} */
    INDArray read(String name) {
        return files.get(name).read(name);
    }
}
