package io.mtl4j.nn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SequenceSource;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Prediction;
import io.mtl4j.nn.train.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class SparkTablesTest {

    private static final int ROWS = 30;
    private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);
    private static final DataType INTEGERS = DataTypes.createArrayType(DataTypes.IntegerType);
    private static final SparkSettings PLAIN =
            trainer -> trainer.optimizer(new Sgd(0.1)).epochs(2).batchSize(8).seed(5);
    private static SparkSession session;

    @BeforeAll
    static void start() {
        session = LocalSpark.start();
    }

    @AfterAll
    static void stop() {
        session.stop();
    }

    private static MultiTaskModel people() {
        return MultiTaskModel.builder()
                .input(Shape.vector(4))
                .encoder(Encoders.mlp().dense(6))
                .task(Tasks.regression("income", 1))
                .task(Tasks.binary("owner").classNames("no", "yes"))
                .task(Tasks.classification("region", 3))
                .task(Tasks.multiLabel("likes", 2))
                .task(Tasks.regression("place", 2))
                .dataType(org.nd4j.linalg.api.buffer.DataType.DOUBLE)
                .seed(3)
                .build();
    }

    /** A table with columns of several types, some cells empty, and the same data without Spark. */
    private record People(Dataset<Row> table, MultiTaskData data) {}

    private static People table() {
        StructType schema = new StructType()
                .add("age", DataTypes.IntegerType)
                .add("member", DataTypes.BooleanType)
                .add("scores", DataTypes.createArrayType(DataTypes.FloatType))
                .add("income", DataTypes.DoubleType)
                .add("owner", DataTypes.BooleanType)
                .add("region", DataTypes.ShortType)
                .add("likes", INTEGERS)
                .add("place", DOUBLES);
        Random random = new Random(8);
        List<Row> rows = new ArrayList<>();
        float[][] features = new float[ROWS][];
        float[] income = new float[ROWS];
        float[] owner = new float[ROWS];
        int[] region = new int[ROWS];
        float[][] likes = new float[ROWS][];
        float[][] place = new float[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            int age = random.nextInt(5);
            boolean member = random.nextBoolean();
            features[i] = new float[] {age, member ? 1 : 0, random.nextFloat(), random.nextFloat()};
            income[i] = i % 4 == 0 ? Float.NaN : random.nextFloat();
            owner[i] = random.nextInt(2);
            region[i] = random.nextInt(3);
            likes[i] = new float[] {random.nextInt(2), random.nextInt(2)};
            place[i] = i % 3 == 0 ? new float[] {Float.NaN, Float.NaN} : new float[] {random.nextFloat(), 1};
            rows.add(RowFactory.create(
                    age,
                    member,
                    new Float[] {features[i][2], features[i][3]},
                    i % 4 == 0 ? null : (double) income[i],
                    owner[i] == 1,
                    (short) region[i],
                    new Integer[] {(int) likes[i][0], (int) likes[i][1]},
                    i % 3 == 0 ? null : new Double[] {(double) place[i][0], 1.0}));
        }
        MultiTaskData data = MultiTaskData.of(ArraySource.builder(MultiTaskModel.DEFAULT_INPUT)
                .features(Nd4j.createFromArray(features))
                .labels("income", Labels.values(income))
                .labels("owner", Labels.of(Nd4j.createFromArray(owner)))
                .labels("region", Labels.classes(region))
                .labels("likes", Labels.rows(likes))
                .labels("place", Labels.rows(place))
                .build());
        return new People(session.createDataFrame(rows, schema).coalesce(1), data);
    }

    private static RowColumns columns(MultiTaskModel model) {
        return RowColumns.of(model, "age", "member", "scores")
                .label("income", "income")
                .label("owner", "owner")
                .label("region", "region")
                .label("likes", "likes")
                .label("place", "place");
    }

    @Test
    void aTableTrainsAsTheSameDataDo() {
        People people = table();
        MultiTaskModel one = people();
        MultiTaskModel many = people();
        PLAIN.apply(Trainer.builder(one)).build().fit(people.data());
        SparkTrainer.builder(many).settings(PLAIN).build().fit(SparkData.batches(people.table(), columns(many)));
        assertArrayEquals(
                one.network().store().flat().toDoubleVector(),
                many.network().store().flat().toDoubleVector(),
                1e-9);
    }

    @Test
    void answersAreThoseOfTheModel() {
        People people = table();
        MultiTaskModel model = people();
        Dataset<Row> answered = SparkPredictor.of(model).predict(people.table().repartition(3), columns(model));
        assertEquals(
                List.of(
                        "predicted_income",
                        "predicted_owner",
                        "predicted_owner_probabilities",
                        "predicted_region",
                        "predicted_region_probabilities",
                        "predicted_likes",
                        "predicted_likes_probabilities",
                        "predicted_place"),
                Arrays.asList(answered.columns()).subList(8, 16));
        List<Row> rows = answered.collectAsList();
        assertEquals(ROWS, rows.size());
        for (Row row : rows) {
            List<Float> scores = row.getList(2);
            Prediction expected = model.predict(row.getInt(0), row.getBoolean(1) ? 1 : 0, scores.get(0), scores.get(1));
            assertEquals(expected.task("income").value(), row.getDouble(8), 1e-12);
            assertEquals(expected.task("owner").label(), row.getString(9));
            assertEquals(expected.task("region").classIndex(), row.getInt(11));
            assertProbabilities(expected.task("region").probabilities(), row.getList(12));
            assertEquals(expected.task("likes").classes(), row.getList(13));
            assertProbabilities(expected.task("place").values().get(0), row.getList(15));
        }
        assertTrue(answered.filter("predicted_income > -1000").count() == ROWS);
    }

    private static void assertProbabilities(double[] expected, List<Double> found) {
        assertArrayEquals(expected, found.stream().mapToDouble(d -> d).toArray(), 1e-12);
    }

    private static MultiTaskModel reader() {
        return MultiTaskModel.builder()
                .input(Shape.tokens(9))
                .encoder(Encoders.lstm().embedding(4).units(5).everyStep())
                .task(Tasks.tagging("tags", 3).metric("accuracy"))
                .task(Tasks.classification("kind", 2))
                .dataType(org.nd4j.linalg.api.buffer.DataType.DOUBLE)
                .seed(3)
                .build();
    }

    @Test
    void sentencesOfAnyLengthTrainAsTheSameDataDo() {
        Random random = new Random(2);
        int[][] words = new int[ROWS][];
        int[][] tags = new int[ROWS][];
        int[] kinds = new int[ROWS];
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            words[i] = random.ints(1 + random.nextInt(6), 0, 9).toArray();
            tags[i] = Arrays.stream(words[i]).map(word -> word % 3).toArray();
            kinds[i] = words[i][0] % 2;
            rows.add(RowFactory.create(boxed(words[i]), boxed(tags[i]), kinds[i]));
        }
        SequenceSource source = SequenceSource.builder(MultiTaskModel.DEFAULT_INPUT)
                .tokens(words)
                .labels("tags", Labels.tags(tags))
                .labels("kind", Labels.classes(kinds))
                .build();
        StructType schema =
                new StructType().add("words", INTEGERS).add("tags", INTEGERS).add("kind", DataTypes.IntegerType);
        Dataset<Row> table = session.createDataFrame(rows, schema).repartition(3);
        MultiTaskModel one = reader();
        MultiTaskModel parts = reader();
        PLAIN.apply(Trainer.builder(one)).build().fit(MultiTaskData.of(source));
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        List<io.mtl4j.nn.data.MultiTaskBatch> elements = new ArrayList<>();
        for (SourceBatch batch : source.inOrder(7)) {
            elements.add(new io.mtl4j.nn.data.MultiTaskBatch(java.util.Map.of(MultiTaskModel.DEFAULT_INPUT, batch)));
        }
        SparkTrainer.builder(parts).settings(PLAIN).build().fit(context.parallelize(elements, 2));
        assertArrayEquals(
                one.network().store().flat().toDoubleVector(),
                parts.network().store().flat().toDoubleVector(),
                1e-9);
        RowColumns columns = RowColumns.of(parts, "words").label("tags", "tags").label("kind", "kind");
        SparkTrainer.builder(parts).settings(PLAIN).build().fit(SparkData.batches(table, columns));
        for (Row row : SparkPredictor.of(parts).predict(table, columns).collectAsList()) {
            float[] sentence = new float[row.getList(0).size()];
            for (int t = 0; t < sentence.length; t++) {
                sentence[t] = row.<Integer>getList(0).get(t);
            }
            Prediction expected = parts.predict(sentence);
            assertEquals(expected.task("tags").classes(), row.getList(3));
            assertEquals(expected.task("kind").classIndex(), row.getInt(4));
        }
    }

    private static Integer[] boxed(int[] numbers) {
        return Arrays.stream(numbers).boxed().toArray(Integer[]::new);
    }

    @Test
    void badColumnsAreNamed() {
        MultiTaskModel model = people();
        Dataset<Row> table = table().table();
        refuses(
                "no task \"x\"; the tasks are [income, likes, owner, place, region]",
                () -> RowColumns.of(model, "age").label("x", "y"));
        refuses("no feature columns of input \"input\"; give at least one", () -> RowColumns.of(model));
        refuses("no input \"x\"; the inputs are [input]", () -> RowColumns.ofInput(model, "x", "age"));
        refuses(
                "have 1 numbers in a row for input \"input\" of shape vector(4); there must be 4",
                () -> SparkPredictor.of(model)
                        .predict(table, RowColumns.of(model, "age"))
                        .count());
        refuses(
                "column \"place\" of features has an empty cell",
                () -> SparkPredictor.of(model)
                        .predict(table, RowColumns.of(model, "age", "member", "place"))
                        .count());
        refuses(
                "the table has a column \"income\" already; choose another prefix than \"\"",
                () -> SparkPredictor.of(model).prefix("").predict(table, columns(model)));
    }

    private static void refuses(String message, org.junit.jupiter.api.function.Executable call) {
        Exception e = assertThrows(Exception.class, call);
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
