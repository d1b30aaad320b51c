package io.mtl4j.nn.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFileException;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.Sharings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged model files are read or refused, also where the damage keeps checksums and JSON whole. */
class ModelFilesFuzzTest {

    private static final long MOST = 64L << 20;

    @TempDir
    private Path folder;

    private static MultiTaskModel model(Shape shape, Encoder encoder, Sharing sharing, Head last) {
        return MultiTaskModel.builder()
                .input(shape)
                .encoder(encoder)
                .sharing(sharing)
                .task(Tasks.classification("a", 3))
                .task(last)
                .build();
    }

    private List<byte[]> files() throws IOException {
        Shape image = Shape.image(1, 8, 8);
        List<MultiTaskModel> models = List.of(
                model(Shape.vector(4), Encoders.mlp().dense(5).dense(3), Sharings.mmoe(2), Tasks.regression("b", 2)),
                model(
                        image,
                        Encoders.cnn().conv(2, 3).batchNorm().maxPool(2).dense(3),
                        Sharings.hard(),
                        Tasks.binary("b")),
                model(Shape.sequence(3), Encoders.lstm().units(4), Sharings.soft(0.1), Tasks.multiLabel("b", 3)),
                model(
                        Shape.tokens(9),
                        Encoders.transformer()
                                .embedding(8)
                                .heads(2)
                                .feedForward(6)
                                .layers(1),
                        Sharings.adapters(2),
                        Tasks.binary("b")));
        List<byte[]> files = new ArrayList<>();
        for (MultiTaskModel model : models) {
            Path file = folder.resolve("valid.mtl");
            ModelFiles.save(model, file);
            files.add(Files.readAllBytes(file));
        }
        return files;
    }

    /** One entry is damaged, and its checksum is that of the damaged one. */
    private static byte[] inside(byte[] file, RandomGenerator random) throws IOException {
        Map<String, byte[]> entries = Zips.entries(file);
        List<String> names = List.copyOf(entries.keySet());
        String name = names.get(random.nextInt(names.size()));
        byte[] content = entries.get(name);
        boolean json = name.endsWith(".json") && random.nextInt(4) > 0;
        entries.put(name, json ? JsonMutations.mutate(content, random) : Mutations.mutate(content, random));
        return Zips.zip(entries);
    }

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        List<byte[]> valid = files();
        new Fuzz(folder, "damaged.mtl", Set.of(ModelFileException.class), MOST)
                .run(
                        2_500,
                        random -> {
                            byte[] file = valid.get(random.nextInt(valid.size()));
                            return random.nextInt(4) == 0 ? Mutations.mutate(file, random) : inside(file, random);
                        },
                        file -> ModelFiles.load(file).close());
    }

    @Test
    void anEntryThatUnpacksToFarMoreThanItsPlaceIsNotUnpacked() throws IOException {
        Map<String, byte[]> entries = Zips.entries(files().get(0));
        entries.put("architecture.json", " ".repeat(40 << 20).getBytes(StandardCharsets.UTF_8));
        Path bomb = Files.write(folder.resolve("bomb.mtl"), Zips.zip(entries));
        assertTrue(Files.size(bomb) < 1 << 20);
        String message = assertThrows(ModelFileException.class, () -> ModelFiles.load(bomb))
                .getMessage();
        assertTrue(message.contains("architecture.json is longer than"), message);
    }

    /** The list at the end of the file says that the numbers are all there, as the network needs them. */
    @Test
    void whatAnEntrySaysOfItsSizeIsNotBelieved() throws IOException {
        Map<String, byte[]> entries = Zips.entries(files().get(0));
        String json = new String(entries.get("architecture.json"), StandardCharsets.UTF_8);
        entries.put(
                "architecture.json",
                json.replaceAll("(\"units\" : )5", "$18000000").getBytes(StandardCharsets.UTF_8));
        byte[] zip = Zips.zip(entries);
        Path lying = Files.write(folder.resolve("lying.mtl"), zip);
        String message = assertThrows(ModelFileException.class, () -> ModelFiles.load(lying))
                .getMessage();
        Matcher needed = Pattern.compile("where (\\d+) were expected").matcher(message);
        assertTrue(needed.find(), message);
        Files.write(lying, Zips.claimSize(zip, "parameters.bin", Long.parseLong(needed.group(1))));
        long before = Pointer.totalBytes();
        message = assertThrows(ModelFileException.class, () -> ModelFiles.load(lying))
                .getMessage();
        assertTrue(message.contains("parameters.bin should have " + needed.group(1) + " bytes, packed into"), message);
        assertTrue(Pointer.totalBytes() - before < MOST, "memory was taken");
    }

    @Test
    void namesOfEntriesAreNoPaths() throws IOException {
        Map<String, byte[]> entries = Zips.entries(files().get(0));
        entries.put("../escaped.mtl", new byte[] {1});
        entries.put(folder.resolve("absolute.mtl").toString(), new byte[] {1});
        Path file = Files.write(folder.resolve("names.mtl"), Zips.zip(entries));
        ModelFiles.load(file).close();
        entries.put("./format.json", entries.remove("format.json"));
        Files.write(file, Zips.zip(entries));
        String message = assertThrows(ModelFileException.class, () -> ModelFiles.load(file))
                .getMessage();
        assertTrue(message.contains("entry format.json is missing"), message);
        assertFalse(Files.exists(folder.resolve("absolute.mtl")));
        assertFalse(Files.exists(folder.resolveSibling("escaped.mtl")));
    }

    @Test
    void aModelBeyondTheMemoryOfTheMachineIsRefusedBeforeItIsTaken() throws IOException {
        Map<String, byte[]> entries = Zips.entries(files().get(0));
        String json = new String(entries.get("architecture.json"), StandardCharsets.UTF_8);
        entries.put(
                "architecture.json",
                json.replaceAll("(\"units\" : )5", "$1200000000").getBytes(StandardCharsets.UTF_8));
        Path huge = Files.write(folder.resolve("huge.mtl"), Zips.zip(entries));
        String message = assertThrows(ModelFileException.class, () -> ModelFiles.load(huge))
                .getMessage();
        assertTrue(message.contains("parameters.bin"), message);
    }
}
