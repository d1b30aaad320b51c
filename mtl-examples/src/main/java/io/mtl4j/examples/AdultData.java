package io.mtl4j.examples;

import io.mtl4j.data.Split;
import io.mtl4j.data.Splits;
import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.table.CategoricalColumn;
import io.mtl4j.nn.data.table.ColumnEncoding;
import io.mtl4j.nn.data.table.Table;
import io.mtl4j.nn.data.table.TableEncoder;
import io.mtl4j.nn.data.table.TableReader;
import io.mtl4j.nn.layer.TabularEmbedding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The people of {@link AdultIncome}, split for training, validation and test.
 *
 * @param encoder how a person's columns become numbers, fitted to the training part
 * @param train the training part
 * @param validation a tenth of the training file, held out
 * @param test the test file
 */
record AdultData(TableEncoder encoder, Table train, Table validation, Table test) {

    /** The input: what the census says of a person. */
    static final String PERSON = "person";

    /** The task that asks for an income above 50,000 dollars a year. */
    static final String INCOME = "income";

    /** The task that asks whether a person was never married. */
    static final String MARITAL_STATUS = "marital_status";

    /** A column that all but tells whether a person is married: husband, wife, own child, ... */
    static final String RELATIONSHIP = "relationship";

    private static final double HELD_OUT = 0.1;

    /**
     * Reads the two files. The answers are no inputs, nor is {@code fnlwgt}, which weighs the people of a sample and says
     * nothing of a person.
     *
     * @param limit use at most so many people of each; 0 for all
     * @param withRelationship whether the column {@code relationship} is an input
     */
    static AdultData read(Path trainFile, Path testFile, int limit, boolean withRelationship, long seed) {
        Table learnable = limit(TableReader.csv(trainFile), limit, seed);
        Table test = limit(TableReader.csv(testFile), limit, seed);
        Split split = Splits.stratifiedHoldOut(answers(learnable), HELD_OUT, seed);
        Table train = learnable.subset(split.train());
        List<String> categories =
                new ArrayList<>(List.of("workclass", "education", "occupation", "race", "sex", "native_country"));
        if (withRelationship) {
            categories.add(RELATIONSHIP);
        }
        TableEncoder encoder = TableEncoder.builder()
                .numeric("age", "education_num", "capital_gain", "capital_loss", "hours_per_week")
                .codes(categories.toArray(String[]::new))
                .fit(train);
        return new AdultData(encoder, train, learnable.subset(split.test()), test);
    }

    /** {@return the layer that turns each category into a vector, and copies the numbers} */
    TabularEmbedding embedding() {
        return new TabularEmbedding(
                encoder.columns().stream().map(AdultData::column).toList());
    }

    private static TabularEmbedding.Column column(ColumnEncoding encoding) {
        if (encoding instanceof CategoricalColumn categorical) {
            int categories = categorical.categories().size();
            return TabularEmbedding.Column.categorical(categories, Math.min(8, 1 + categories / 2));
        }
        return TabularEmbedding.Column.numeric();
    }

    /** {@return people with their answers to some of the questions} */
    MultiTaskData answered(Table people, Collection<String> tasks) {
        ArraySource.Builder source = ArraySource.builder(PERSON).features(encoder.encode(people));
        for (String task : tasks) {
            source.labels(
                    task, people.binary(task, task.equals(INCOME) ? AdultData::isHigh : AdultData::isNeverMarried));
        }
        return MultiTaskData.of(source.build());
    }

    private static boolean isHigh(String income) {
        return income.startsWith(">50K");
    }

    private static boolean isNeverMarried(String status) {
        return status.equals("Never-married");
    }

    private static int[][] answers(Table people) {
        return new int[][] {
            people.column(INCOME).stream().mapToInt(v -> isHigh(v) ? 1 : 0).toArray(),
            people.column(MARITAL_STATUS).stream()
                    .mapToInt(v -> isNeverMarried(v) ? 1 : 0)
                    .toArray()
        };
    }

    private static Table limit(Table people, int limit, long seed) {
        if (limit == 0 || limit >= people.size()) {
            return people;
        }
        double part = (double) limit / people.size();
        return people.subset(Splits.holdOut(people.size(), part, seed).test());
    }
}
