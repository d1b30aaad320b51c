package io.mtl4j.nn.pretrained;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.fuzz.Fuzz;
import io.mtl4j.nn.fuzz.JsonMutations;
import io.mtl4j.nn.fuzz.Mutations;
import io.mtl4j.nn.fuzz.Zips;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files of other libraries are read or refused. HDF5 files are left out: the C library that reads them may end the
 * JVM; what they say of the network is damaged here.
 */
class PretrainedFilesFuzzTest {

    private static final long MIB = 1 << 20;
    private static final int LENGTH = Long.BYTES;

    @TempDir
    private Path folder;

    private static byte[] mutateJson(byte[] json, RandomGenerator random) throws IOException {
        return random.nextInt(3) == 0 ? Mutations.mutate(json, random) : JsonMutations.mutate(json, random);
    }

    private static byte[] tensors(byte[] header, byte... numbers) {
        return ByteBuffer.allocate(LENGTH + header.length + numbers.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .put(numbers)
                .array();
    }

    @Test
    void safetensors() throws IOException {
        byte[] header = ("{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                        + "\"b\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[24,26]},"
                        + "\"c\":{\"dtype\":\"F16\",\"shape\":[1,2,1],\"data_offsets\":[26,30]}}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] valid = tensors(header, new byte[30]);
        new Fuzz(folder, "model.safetensors", Set.of(DataFileException.class), 8 * MIB)
                .run(
                        10_000,
                        random -> random.nextInt(3) == 0
                                ? Mutations.mutate(valid, random)
                                : tensors(mutateJson(header, random), new byte[30]),
                        file -> {
                            Safetensors opened = Safetensors.open(file);
                            opened.tensors().keySet().forEach(opened::read);
                        });
    }

    private void folder(String network, String name, int inputs) throws IOException {
        Path copy = Tiny.copy(network, folder);
        byte[] valid = Files.readAllBytes(copy.resolve(name));
        new Fuzz(copy, name, Set.of(DataFileException.class), 32 * MIB)
                .run(inputs, random -> mutateJson(valid, random), file -> {
                    BertEncoder encoder = HuggingFace.bert(copy);
                    encoder.bind(encoder.input(), Binder.create());
                });
    }

    @Test
    void configurations() throws IOException {
        folder("bert", "config.json", 2_000);
    }

    @Test
    void indexesOfParts() throws IOException {
        folder("roberta", "model.safetensors.index.json", 1_000);
    }

    @Test
    void tokenizersThatNameTheSeparator() throws IOException {
        folder("bert", "tokenizer.json", 1_000);
    }

    @Test
    void networksOfDl4j() throws IOException {
        Path valid = Tiny.folder("dl4j").resolve("layers.zip");
        Dl4jFiles.encoder(valid); // what DL4J takes for good is not the file's doing
        byte[] whole = Files.readAllBytes(valid);
        Map<String, byte[]> entries = Zips.entries(whole);
        // A network without an output layer, or with nothing before it, is one all the same.
        new Fuzz(folder, "network.zip", Set.of(DataFileException.class, IllegalArgumentException.class), 32 * MIB)
                .run(
                        800,
                        random -> {
                            Map<String, byte[]> damaged = new LinkedHashMap<>(entries);
                            switch (random.nextInt(4)) {
                                case 0 -> {
                                    return Mutations.mutate(whole, random);
                                }
                                case 1 ->
                                    damaged.computeIfPresent(
                                            "coefficients.bin", (name, bytes) -> Mutations.mutate(bytes, random));
                                default ->
                                    damaged.put(
                                            "configuration.json",
                                            mutateJson(entries.get("configuration.json"), random));
                            }
                            return Zips.zip(damaged);
                        },
                        file -> {
                            Encoder encoder = Dl4jFiles.encoder(file);
                            encoder.bind(Shape.vector(4), Binder.create());
                        });
    }

    @Test
    void descriptionsOfKerasNetworks() throws IOException {
        byte[] valid = ("{\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":["
                        + "{\"class_name\":\"InputLayer\",\"config\":{\"batch_input_shape\":[null,4],\"name\":\"in\"}},"
                        + "{\"class_name\":\"TimeDistributed\",\"config\":{\"name\":\"t\",\"layer\":"
                        + "{\"class_name\":\"Dense\",\"config\":{\"name\":\"d\",\"units\":3}}}}]},"
                        + "\"keras_version\":\"2.4.0\"}")
                .getBytes(StandardCharsets.UTF_8);
        new Fuzz(folder, "model.json", Set.of(DataFileException.class), 8 * MIB)
                .run(2_000, random -> mutateJson(valid, random), file -> KerasLayers.check("model.h5", text(file)));
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
