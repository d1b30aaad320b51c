package io.mtl4j.nn.data.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.ClassNames;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.SourceBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableEncoderTest {

    private static final String TRAIN = "age,job,income\n20,baker,low\n40,?,high\n?,cook,low\n30,baker,?\n";
    private static final String TEST = "job,age,income\npilot,50,high\ncook,?,low\n";

    @TempDir
    Path folder;

    private Table table(String text) throws IOException {
        return TableReader.csv(Files.writeString(folder.resolve("table.csv"), text));
    }

    @Test
    void fitsOnTheTrainingPartOnly() throws IOException {
        TableEncoder encoder = TableEncoder.builder()
                .numericOrMissing("age")
                .categorical("job")
                .fit(table(TRAIN));
        assertEquals(List.of("age", "age missing", "job = unknown", "job = baker", "job = cook"), encoder.features());
        float std = (float) Math.sqrt(200 / 3.0);
        assertArrayEquals(
                new float[][] {{-10 / std, 0, 0, 1, 0}, {10 / std, 0, 1, 0, 0}, {0, 1, 0, 0, 1}, {0, 0, 0, 1, 0}},
                encoder.encode(table(TRAIN)));
        assertArrayEquals(new float[][] {{20 / std, 0, 1, 0, 0}, {0, 1, 0, 0, 1}}, encoder.encode(table(TEST)));
    }

    @Test
    void categoriesMayBeCodes() throws IOException {
        TableEncoder encoder =
                TableEncoder.builder().codes("job").numeric("age").fit(table(TRAIN));
        assertEquals(2, encoder.width());
        float[][] rows = encoder.encode(table(TEST));
        assertEquals(0, rows[0][0]);
        assertEquals(2, rows[1][0]);
        assertEquals(0, rows[1][1]);
    }

    @Test
    void readsLabelsOfAllKinds() throws IOException {
        Table train = table(TRAIN);
        ClassNames names = new ClassNames(List.of("low", "high"));
        int[] all = {0, 1, 2, 3};
        assertArrayEquals(
                new float[] {0, 1, 0, Float.NaN},
                train.classes("income", names).gather(all).toFloatVector());
        assertArrayEquals(
                new float[] {1, Float.NaN, 0, 1},
                train.binary("job", "baker"::equals).gather(all).toFloatVector());
        assertArrayEquals(
                new float[][] {{20, 20}, {40, 40}, {Float.NaN, Float.NaN}, {30, 30}},
                train.values("age", "age").gather(all).toFloatMatrix());
        assertEquals(
                train.classes("income", names).gather(new int[] {1}),
                train.subset(new int[] {1}).classes("income", names).gather(new int[1]));
        DataFileException fault =
                assertThrows(DataFileException.class, () -> train.classes("income", new ClassNames(List.of("low"))));
        assertEquals(3, fault.line().orElseThrow());
    }

    @Test
    void whatCannotBeEncodedIsRefused() throws IOException {
        Table train = table(TRAIN);
        TableEncoder.Builder builder = TableEncoder.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.fit(train));
        assertThrows(
                DataFileException.class,
                () -> TableEncoder.builder().numeric("job").fit(train));
        assertThrows(
                IllegalArgumentException.class,
                () -> TableEncoder.builder().numeric("size").fit(train));
        assertEquals(
                "column \"age\": standardizer: column 0 has no values; leave it out, or fit on examples that have some",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TableEncoder.builder().numeric("age").fit(train.subset(new int[] {2})))
                        .getMessage());
        assertThrows(
                IllegalStateException.class,
                () -> TableEncoder.builder().numeric("age").codes("age"));
    }

    @Test
    void realTablesAreComplete() {
        String data = System.getenv("MTL4J_DATA");
        assumeTrue(data != null, "skipped: environment variable MTL4J_DATA names no folder with data sets");
        Path tables = Path.of(data, "tabular");
        assumeTrue(Files.isDirectory(tables), "skipped: no folder " + tables);
        Table train = TableReader.csv(tables.resolve("adult.train.csv"));
        Table test = TableReader.csv(tables.resolve("adult.test.csv"));
        assertEquals(32_561, train.size());
        assertEquals(16_281, test.size());
        TableEncoder encoder = TableEncoder.builder()
                .numeric("age", "education_num", "hours_per_week")
                .categorical("workclass", "occupation", "native_country")
                .fit(train);
        ArraySource source = ArraySource.builder("person")
                .features(encoder.encode(test))
                .labels("income", test.classes("income", new ClassNames(List.of("<=50K", ">50K"))))
                .labels("never-married", test.binary("marital_status", "Never-married"::equals))
                .build();
        SourceBatch batch = source.batch(IntStream.range(0, 16_281).toArray(), new SplittableRandom(1));
        assertEquals(3846, batch.labels().get("income").sumNumber().intValue());
        assertEquals(encoder.width(), batch.features().size(1));
        Table energy = TableReader.csv(tables.resolve("energy-efficiency.csv"));
        Labels loads = energy.values("heating_load", "cooling_load");
        assertEquals(768, loads.size());
    }
}
