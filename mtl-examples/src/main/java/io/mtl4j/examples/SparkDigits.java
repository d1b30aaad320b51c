package io.mtl4j.examples;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.layer.Backend;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.spark.RowColumns;
import io.mtl4j.nn.spark.SparkData;
import io.mtl4j.nn.spark.SparkPredictor;
import io.mtl4j.nn.spark.SparkSettings;
import io.mtl4j.nn.spark.SparkTrainer;
import io.mtl4j.nn.spark.SparkTrainerBuilder;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Three questions about digits, learned in one process and on a Spark cluster: with gradients joined at each step, which is the
 * same training, and with parameters averaged now and then. Then the cluster answers the questions for a table of pictures.
 *
 * <p>{@code .github/spark.sh} starts a cluster on this machine and runs this on it.
 */
@Command(
        name = "SparkDigits",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains on MNIST in one process and on Spark, and compares.")
public final class SparkDigits implements Callable<Integer> {

    /** What one can be trained as. */
    enum Net {
        MLP,
        CNN
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private final DigitOptions data = new DigitOptions();

    @Option(names = "--master", description = "Spark's master; ${DEFAULT-VALUE} is two threads of this process.")
    private String master = "local[2]";

    @Option(names = "--workers", split = ",", description = "Numbers of workers to try; ${DEFAULT-VALUE}.")
    private List<Integer> workers = List.of(2);

    @Option(names = "--averaging", description = "Steps between averages; ${DEFAULT-VALUE}.")
    private int averaging = 10;

    @Option(names = "--net", description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private Net net = Net.CNN;

    @Option(names = "--train-size", description = "Pictures to train on at most; ${DEFAULT-VALUE}.")
    private int trainSize = 8000;

    @Option(names = "--tests", description = "Test pictures at most; ${DEFAULT-VALUE}.")
    private int tests = 2000;

    @Option(names = "--epochs", description = "Epochs; ${DEFAULT-VALUE}.")
    private int epochs = 2;

    @Option(names = "--batch", description = "Pictures in a step, over all workers; ${DEFAULT-VALUE}.")
    private int batch = 256;

    @Option(
            names = "--kill-at",
            description = "Kill an executor of this machine after so many joined steps; 0 for none.")
    private int killAt;

    @Option(names = "--seed", description = "The seed; ${DEFAULT-VALUE}.")
    private long seed = 1;

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new SparkDigits());
    }

    @Override
    public Integer call() throws IOException {
        Backend.require();
        PrintWriter out = spec.commandLine().getOut();
        DigitTasks tasks = new DigitTasks(data.digits(), trainSize, tests, 0, seed);
        out.println(tasks);
        try (SparkSession session = session()) {
            JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
            out.printf("Spark %s at %s%n%n", spark.version(), master);
            MultiTaskModel one = model(tasks);
            print(
                    out,
                    "one process",
                    settings().apply(Trainer.builder(one)).build().fit(tasks.train()),
                    one,
                    one,
                    tasks);
            MultiTaskModel last = one;
            for (int count : workers) {
                last = model(tasks);
                SparkTrainerBuilder joined =
                        SparkTrainer.builder(last).settings(settings()).workers(count);
                if (killAt > 0) {
                    joined.driver(trainer -> trainer.listener(killer(out)));
                }
                print(out, count + ", joined gradients", fit(joined, spark, tasks, count), last, one, tasks);
                MultiTaskModel averaged = model(tasks);
                SparkTrainerBuilder rounds = SparkTrainer.builder(averaged)
                        .settings(settings())
                        .workers(count)
                        .averagingEvery(averaging);
                print(out, count + ", averaged", fit(rounds, spark, tasks, count), averaged, one, tasks);
            }
            predict(out, session, last, tasks);
        }
        return 0;
    }

    private SparkSession session() {
        return SparkSession.builder()
                .master(master)
                .appName("MTL4J digits")
                .config("spark.ui.enabled", "false")
                .config("spark.task.maxFailures", "8")
                .config("spark.executorEnv.OMP_NUM_THREADS", "1")
                .getOrCreate();
    }

    private SparkSettings settings() {
        int epochsToDo = epochs;
        int size = batch;
        long start = seed;
        return trainer -> trainer.aggregation(Aggregations.upGrad())
                .optimizer(new Adam(1e-3))
                .epochs(epochsToDo)
                .batchSize(size)
                .seed(start);
    }

    private MultiTaskModel model(DigitTasks tasks) {
        ModelBuilder builder = tasks.model(tasks.names(), seed);
        return switch (net) {
            case MLP -> builder.encoder(Encoders.mlp().dense(256).dense(64)).build();
            case CNN ->
                builder.encoder(Encoders.cnn()
                                .conv(16, 3)
                                .maxPool(2)
                                .conv(32, 3)
                                .maxPool(2)
                                .dense(64))
                        .build();
        };
    }

    private static TrainingResult fit(
            SparkTrainerBuilder trainer, JavaSparkContext spark, DigitTasks tasks, int count) {
        return trainer.build().fit(SparkData.parallelize(spark, tasks.train(), count));
    }

    private void print(
            PrintWriter out,
            String what,
            TrainingResult result,
            MultiTaskModel model,
            MultiTaskModel one,
            DigitTasks tasks) {
        double seconds = result.finished().nanos() / 1e9;
        Evaluation test = Evaluator.evaluate(model, tasks.test());
        StringBuilder accuracies = new StringBuilder();
        for (String task : tasks.names()) {
            accuracies.append(
                    String.format(" %s %.2f %%", task, 100 * test.task(task).metric("accuracy")));
        }
        double apart = model.network()
                .store()
                .flat()
                .sub(one.network().store().flat())
                .amaxNumber()
                .doubleValue();
        out.printf(
                "%-22s %7.1f s, %6.0f pictures/s;%s; greatest difference of a parameter %.1e%n",
                what, seconds, (double) epochs * tasks.train().sources().get(0).size() / seconds, accuracies, apart);
        out.flush();
    }

    /** Kills one executor that runs on this machine, once. */
    private TrainingListener killer(PrintWriter out) {
        int[] steps = new int[1];
        return event -> {
            if (event instanceof TrainingEvent.StepDone && ++steps[0] == killAt) {
                String found = ProcessHandle.allProcesses()
                        .filter(process -> process.info()
                                .commandLine()
                                .orElse("")
                                .contains("org.apache.spark.executor.CoarseGrainedExecutorBackend"))
                        .findFirst()
                        .map(process -> process.pid() + (process.destroyForcibly() ? " killed" : " not killed"))
                        .orElse("none found");
                out.printf("after step %d: executor %s%n", killAt, found);
            }
        };
    }

    private static void predict(PrintWriter out, SparkSession session, MultiTaskModel model, DigitTasks tasks) {
        DataSource test = tasks.test().sources().get(0);
        List<Row> rows = new ArrayList<>();
        for (SourceBatch part : test.inOrder(256)) {
            float[][] pixels = part.features().reshape(part.size(), -1).toFloatMatrix();
            int[] digits = part.labels().get("digit").toIntVector();
            for (int i = 0; i < pixels.length; i++) {
                rows.add(RowFactory.create(pixels[i], digits[i]));
            }
        }
        StructType schema = new StructType()
                .add("pixels", DataTypes.createArrayType(DataTypes.FloatType, false))
                .add("digit", DataTypes.IntegerType);
        Dataset<Row> table = session.createDataFrame(rows, schema);
        Dataset<Row> answered = SparkPredictor.of(model).predict(table, RowColumns.of(model, "pixels"));
        long right = answered.filter(functions.col("digit").equalTo(functions.col("predicted_digit")))
                .count();
        out.printf(
                "%n%d of %d digits read right by the cluster in a table with the columns %s%n",
                right, rows.size(), String.join(", ", answered.columns()));
        out.flush();
    }
}
