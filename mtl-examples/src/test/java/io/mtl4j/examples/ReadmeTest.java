package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.dl4j.MtlLayer;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.TaskHead;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.pretrained.BertEncoder;
import io.mtl4j.nn.pretrained.HuggingFace;
import io.mtl4j.nn.sharing.Sharings;
import io.mtl4j.nn.spark.RowColumns;
import io.mtl4j.nn.spark.SparkData;
import io.mtl4j.nn.spark.SparkPredictor;
import io.mtl4j.nn.spark.SparkTrainer;
import io.mtl4j.nn.spark.SparkTrainerBuilder;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.nn.train.TrainingResult;
import io.mtl4j.weighting.Weightings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** What the README says, compiled and run. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final String HERE = "test/java/io/mtl4j/examples/ReadmeTest.java";

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    @Test
    void itsProgramIsTheQuickStart() throws IOException {
        requireProgram("## A whole program", "main/java/io/mtl4j/examples/QuickStart.java");
    }

    @Test
    void itsDependencyIsThisVersion() throws IOException {
        Pattern version = Pattern.compile("<version>(.*?)</version>");
        Matcher here = version.matcher(Files.readString(ROOT.resolve("pom.xml")));
        Matcher named = version.matcher(readme());
        assertTrue(here.find() && named.find());
        assertEquals(here.group(1), named.group(1));
    }

    /** Formatters break lines in their own ways, so spaces do not count. */
    private static String squeeze(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** The first program below a heading must be in a source file, which is compiled and run. */
    private static void requireProgram(String heading, String file) throws IOException {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme().split(heading)[1]);
        assertTrue(block.find());
        String source = Files.readString(Path.of("src").resolve(file));
        assertTrue(
                squeeze(source).contains(squeeze(block.group(1))),
                "the program below " + heading + " is not in " + file);
    }

    @Test
    void theQuickStartLearnsBothTasks() {
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            QuickStart.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        Matcher said = Pattern.compile("quadrant (\\d), distance ([-0-9.E]+)")
                .matcher(captured.toString(StandardCharsets.UTF_8));
        assertTrue(said.find(), captured.toString(StandardCharsets.UTF_8));
        assertEquals("1", said.group(1));
        assertEquals(0.5, Double.parseDouble(said.group(2)), 0.15);
    }

    @Test
    void itsModelOfSharedExpertsIsThisOne() throws IOException {
        MultiTaskModel shop = MultiTaskModel.builder()
                .input(Shape.vector(20))
                .encoder(Encoders.mlp().dense(64).dense(32))
                .sharing(Sharings.mmoe(4))
                .task(Tasks.binary("click"))
                .task(Tasks.binary("buy"))
                .build();
        assertEquals(2, shop.predict(new float[20]).tasks().size());
        requireProgram("## How tasks share", HERE);
        String section = readme().split("## How tasks share")[1].split("## ")[0];
        requireFactories(section.split("```")[2].split("SharingReport")[0], Sharings.class);
    }

    @Test
    void itsModelOnAPretrainedEncoderIsThisOne() throws IOException {
        Path folder = ROOT.resolve("mtl-nn/src/test/resources/pretrained/bert");
        BertEncoder bert = HuggingFace.bert(folder).everyStep().freezeFirst(3);
        MultiTaskModel assistant = MultiTaskModel.builder()
                .input("text", bert.input())
                .encoder(bert)
                .task(Tasks.tagging("slot", 9))
                .task(Tasks.classification("intent", 7).pool(SequencePool.Kind.MEAN))
                .build();
        assertEquals(2, assistant.tasks().size());
        requireProgram("## Starting from what is there", HERE);
    }

    @Test
    void itsTrainingOnSparkIsThisOne() throws IOException {
        MultiTaskModel model = MultiTaskModel.builder()
                .input(Shape.vector(2))
                .encoder(Encoders.mlp().dense(4))
                .task(Tasks.binary("high"))
                .build();
        MultiTaskData validation = MultiTaskData.of(ArraySource.builder(MultiTaskModel.DEFAULT_INPUT)
                .features(Nd4j.createFromArray(new float[][] {{0, 1}, {1, 0}, {1, 1}, {0, 0}}))
                .labels("high", Labels.classes(0, 0, 1, 0))
                .build());
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
            JavaRDD<MultiTaskBatch> train = SparkData.parallelize(context, validation, 4);
            Dataset<Row> table = session.sql("select array(0.5D, 1D) as pixels");
            // train is a JavaRDD<MultiTaskBatch>, table a Dataset<Row>
            TrainingResult result = SparkTrainer.builder(model)
                    .settings(trainer -> trainer.aggregation(Aggregations.upGrad())
                            .batchSize(256)
                            .epochs(5))
                    .workers(4)
                    .build()
                    .fit(train, validation);
            Dataset<Row> answered = SparkPredictor.of(model).predict(table, RowColumns.of(model, "pixels"));
            assertEquals(5, result.epochs().size());
            assertEquals(1, answered.collectAsList().size());
        }
        requireProgram("## On a Spark cluster", HERE);
    }

    private static Set<String> methods(Predicate<Method> which, Class<?>... types) {
        return Arrays.stream(types)
                .flatMap(c -> Arrays.stream(c.getMethods()))
                .filter(which)
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    private static int requireFactories(String text, Class<?>... types) {
        Set<String> factories = methods(m -> Modifier.isStatic(m.getModifiers()), types);
        Matcher call = Pattern.compile("(\\w+)\\(").matcher(text);
        int named = 0;
        while (call.find()) {
            assertTrue(factories.contains(call.group(1)), call.group(1));
            named++;
        }
        return named;
    }

    @Test
    void everyMethodThatItNamesIsThere() throws IOException {
        String table = readme().split("## Which method")[1].split("## ")[0];
        int named = requireFactories(table, Weightings.class, Aggregations.class);
        assertTrue(named > 15, named + " methods named");
    }

    @Test
    void everyFileThatItLinksToIsThere() throws IOException {
        Matcher link = Pattern.compile("]\\(([^)h][^)]*)\\)").matcher(readme());
        while (link.find()) {
            assertTrue(Files.exists(ROOT.resolve(link.group(1))), link.group(1));
        }
    }

    /** In the right columns of the tables for those who come from elsewhere. */
    @Test
    void everyMethodThatTheNotesForNewcomersNameIsThere() throws IOException {
        Set<String> methods = methods(
                m -> true,
                Tasks.class,
                TaskHead.class,
                Weightings.class,
                Aggregations.class,
                Sharings.class,
                Encoders.class,
                ModelBuilder.class,
                MultiTaskModel.class,
                Trainer.class,
                TrainerBuilder.class,
                SparkTrainer.class,
                SparkTrainerBuilder.class,
                ModelFiles.class,
                MtlLayer.class,
                Conv2d.class,
                MultiTaskData.class,
                ArraySource.class,
                GraphBuilder.class);
        Matcher row = Pattern.compile("^\\|[^|]*\\|([^|]*)\\|$", Pattern.MULTILINE)
                .matcher(Files.readString(ROOT.resolve(".github/MIGRATING.md")));
        int named = 0;
        while (row.find()) {
            Matcher code = Pattern.compile("`([^`]*)`").matcher(row.group(1));
            while (code.find()) {
                Matcher call = Pattern.compile("([a-z]\\w*)(?=\\(|$)").matcher(code.group(1));
                while (call.find() && !code.group(1).startsWith("io.")) {
                    assertTrue(methods.contains(call.group(1)), call.group(1) + " in " + row.group());
                    named++;
                }
            }
        }
        assertTrue(named > 40, named + " methods named");
    }
}
