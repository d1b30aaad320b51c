package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mtl4j.nn.layer.TabularEmbedding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdultIncomeTest {

    private static final String HEADER = "age,workclass,fnlwgt,education,education_num,marital_status,occupation,"
            + "relationship,race,sex,capital_gain,capital_loss,hours_per_week,native_country,income\n";

    @TempDir
    private Path folder;

    @Test
    void learnsBothAnswersAndComparesWithSingleTasks() throws IOException {
        writePeople();
        Cli run = Cli.run(
                AdultIncome.command(),
                "--data-dir=" + folder,
                "--epochs=6",
                "--batch=32",
                "--weighting=uncertainty",
                "--compare");
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.numberAfter("income: test AUC") > 0.9, run.out());
        assertTrue(run.numberAfter("marital_status: test AUC") > 0.9, run.out());
        assertTrue(run.out().contains("single-task") && run.out().contains("delta-m"), run.out());
    }

    @Test
    void keepsTheAnswersOutOfTheInputs() throws IOException {
        writePeople();
        List<String> all = people(true).encoder().features();
        assertTrue(all.contains(AdultData.RELATIONSHIP), all.toString());
        assertFalse(all.contains(AdultData.INCOME), all.toString());
        assertFalse(all.contains(AdultData.MARITAL_STATUS), all.toString());
        List<String> without = people(false).encoder().features();
        assertFalse(without.contains(AdultData.RELATIONSHIP), without.toString());
    }

    @Test
    void readsMissingCategoriesAsCodeZero() throws IOException {
        writePeople();
        AdultData data = people(true);
        int workclass = data.encoder().features().indexOf("workclass");
        TabularEmbedding.Column column = data.embedding().columns().get(workclass);
        assertEquals(2, column.categories());
        int[] everyone = IntStream.range(0, 150).toArray();
        double[] codes = data.answered(data.test(), List.of(AdultData.INCOME))
                .sources()
                .get(0)
                .batch(everyone, new SplittableRandom(0))
                .features()
                .getColumn(workclass)
                .toDoubleVector();
        for (int i = 0; i < codes.length; i++) {
            assertEquals(i % 10 == 0, codes[i] == 0, "person " + i);
        }
    }

    @Test
    void trainsOnSomeRealPeople() {
        String data = System.getenv("MTL4J_DATA");
        assumeTrue(
                data != null && Files.exists(Path.of(data, "tabular", "adult.train.csv")),
                "MTL4J_DATA has no tabular/adult.train.csv");
        Cli run = Cli.run(
                AdultIncome.command(),
                "--data-dir=" + data,
                "--limit=600",
                "--epochs=5",
                "--batch=32",
                "--aggregation=upgrad");
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.numberAfter("income: test AUC") > 0.75, run.out());
        assertTrue(run.numberAfter("marital_status: test AUC") > 0.85, run.out());
    }

    @Test
    void saysWhereTheDataShouldBe() {
        Cli run = Cli.run(AdultIncome.command(), "--data-dir=" + folder);
        assertEquals(1, run.status());
        assertTrue(run.errors().contains("adult.train.csv: no such file"), run.errors());
        assertTrue(run.errors().contains("--data-dir") && run.errors().contains("MTL4J_DATA"), run.errors());
    }

    private AdultData people(boolean withRelationship) {
        return AdultData.read(
                folder.resolve("tabular/adult.train.csv"),
                folder.resolve("tabular/adult.test.csv"),
                0,
                withRelationship,
                3);
    }

    /** Income follows education and hours; the young were never married. Every tenth workclass is missing. */
    private void writePeople() throws IOException {
        Path tabular = Files.createDirectories(folder.resolve("tabular"));
        Files.writeString(tabular.resolve("adult.train.csv"), people(300, 1));
        Files.writeString(tabular.resolve("adult.test.csv"), people(150, 2));
    }

    private static String people(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < count; i++) {
            int age = 18 + random.nextInt(60);
            int education = 5 + random.nextInt(11);
            int hours = 20 + random.nextInt(40);
            boolean never = age < 35;
            boolean high = 3 * education + hours > 70;
            text.append(String.join(
                            ",",
                            String.valueOf(age),
                            i % 10 == 0 ? "?" : random.nextBoolean() ? "Private" : "State-gov",
                            "1000",
                            "level-" + education,
                            String.valueOf(education),
                            never ? "Never-married" : "Divorced",
                            "Sales",
                            never ? "Own-child" : "Not-in-family",
                            "White",
                            random.nextBoolean() ? "Male" : "Female",
                            "0",
                            "0",
                            String.valueOf(hours),
                            "Norway",
                            high ? ">50K" : "<=50K"))
                    .append('\n');
        }
        return text.toString();
    }
}
