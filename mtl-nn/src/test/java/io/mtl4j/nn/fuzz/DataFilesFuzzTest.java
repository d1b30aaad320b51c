package io.mtl4j.nn.fuzz;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.data.image.CifarReader;
import io.mtl4j.nn.data.image.IdxReader;
import io.mtl4j.nn.data.table.Table;
import io.mtl4j.nn.data.table.TableEncoder;
import io.mtl4j.nn.data.table.TableReader;
import io.mtl4j.nn.data.text.ConllReader;
import io.mtl4j.nn.data.text.Vocabulary;
import io.mtl4j.nn.data.text.WordCodes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged data files of every kind are read or refused. */
class DataFilesFuzzTest {

    private static final long MIB = 1 << 20;

    @TempDir
    private Path folder;

    private Fuzz fuzz(String name) {
        return new Fuzz(folder, name, Set.of(DataFileException.class), 32 * MIB);
    }

    private static byte[] idx(int magic, int... sizes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(magic);
        int count = 1;
        for (int size : sizes) {
            out.writeInt(size);
            count *= size;
        }
        for (int i = 0; i < count; i++) {
            out.write(i % 10);
        }
        return bytes.toByteArray();
    }

    /** Damaged before it is packed, after that, or not packed. */
    private static byte[] packed(byte[] valid, RandomGenerator random) throws IOException {
        int kind = random.nextInt(3);
        byte[] content = kind == 1 ? valid : Mutations.mutate(valid, random);
        if (kind == 0) {
            return content;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(content);
        }
        return kind == 1 ? Mutations.mutate(bytes.toByteArray(), random) : bytes.toByteArray();
    }

    @Test
    void idxPictures() throws IOException {
        byte[] valid = idx(0x803, 3, 5, 4);
        fuzz("pictures").run(15_000, random -> packed(valid, random), IdxReader::pictures);
    }

    @Test
    void idxLabels() throws IOException {
        byte[] valid = idx(0x801, 40);
        fuzz("labels").run(10_000, random -> packed(valid, random), file -> IdxReader.labels(file, 10));
    }

    @Test
    void cifarPictures() throws IOException {
        byte[] valid = new byte[2 * 3073];
        valid[3073] = 9;
        fuzz("data_batch_1.bin")
                .run(5_000, random -> Mutations.mutate(valid, random), file -> CifarReader.read(List.of(file)));
    }

    @Test
    void tables() throws IOException {
        byte[] valid =
                "age,job,income\n39,\"clerk, senior\",<=50K\n50,?,>50K\n 38 ,\"a \"\"b\"\"\",<=50K\n,farmer,>50K\n"
                        .getBytes(StandardCharsets.UTF_8);
        Table train = TableReader.csv(Files.write(folder.resolve("train.csv"), valid));
        TableEncoder encoder = TableEncoder.builder()
                .numericOrMissing("age")
                .categorical("job")
                .fit(train);
        // A table without a column that the encoder asks for is a table all the same.
        new Fuzz(folder, "table.csv", Set.of(DataFileException.class, IllegalArgumentException.class), 32 * MIB)
                .run(12_000, random -> Mutations.mutate(valid, random), file -> encoder.encode(TableReader.csv(file)));
    }

    @Test
    void sentences() throws IOException {
        byte[] valid =
                "# intent = PlayMusic\nplay\tO\nsome\tO\njazz\tB-genre\n\n# intent = Weather\nrain\tO\ntoday\tB-time\n\n"
                        .getBytes(StandardCharsets.UTF_8);
        fuzz("sentences.conll")
                .run(12_000, random -> Mutations.mutate(valid, random), file -> ConllReader.read(file, "slot"));
    }

    @Test
    void wordCodes() throws IOException {
        List<List<String>> text = List.of(List.of("play", "some", "jazz"));
        Path file = folder.resolve("codes.json");
        WordCodes.fit(Vocabulary.builder().fit(text), text, 6).save(file);
        byte[] valid = Files.readAllBytes(file);
        fuzz("damaged.json").run(5_000, random -> Mutations.mutate(valid, random), WordCodes::load);
    }
}
