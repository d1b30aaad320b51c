package io.mtl4j.examples;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.data.Samplings;
import io.mtl4j.metric.DeltaM;
import io.mtl4j.metric.MetricValue;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.layer.Backend;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.Listeners;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.nn.train.TrainingResult;
import io.mtl4j.schedule.LearningRate;
import io.mtl4j.weighting.Weightings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.nd4j.nativeblas.NativeOpsHolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One convolutional encoder that reads handwritten digits (MNIST) and photographs of objects (CIFAR-10), each from a data
 * set of its own, trained together.
 */
@Command(
        name = "MnistCifar10",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains one model on MNIST and CIFAR-10 together.")
public final class MnistCifar10 implements Callable<Integer> {

    @Option(
            names = "--data-dir",
            description = "Folder with mnist/ and cifar10/; else the variable MTL4J_DATA, a cache, or a download.")
    private Path dataDir;

    @Option(names = "--embedded", description = "Use the small data that ship with the example; no network.")
    private boolean embedded;

    @Option(names = "--limit", description = "Use at most so many training pictures of each set; 0 for all.")
    private int limit;

    @Option(names = "--size", description = "Width of the encoder: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private JointModel.Size size = JointModel.Size.MEDIUM;

    @Option(names = "--epochs", description = "Number of epochs; ${DEFAULT-VALUE}.")
    private int epochs = 12;

    @Option(names = "--batch", description = "Objects in a step; digits are half as many; ${DEFAULT-VALUE}.")
    private int batch = 128;

    @Option(names = "--weighting", description = "Loss weighting by name: ${DEFAULT-VALUE}, inverse-loss, dwa, ...")
    private String weighting = "equal";

    @Option(names = "--aggregation", description = "Gradient aggregation by name: upgrad, mgda, pcgrad, ...; none.")
    private String aggregation;

    @Option(names = "--learning-rate", description = "Highest learning rate of the cycle; ${DEFAULT-VALUE}.")
    private double learningRate = 3e-3;

    @Option(names = "--weight-decay", description = "Decoupled weight decay; ${DEFAULT-VALUE}.")
    private double weightDecay = 0.05;

    @Option(names = "--seed", description = "Seed of everything random; ${DEFAULT-VALUE}.")
    private long seed = 7;

    @Option(names = "--threads", description = "Threads of the native operations; 0 for all processors.")
    private int threads;

    @Option(names = "--out", description = "Folder for model, curves and a record of the run; ${DEFAULT-VALUE}.")
    private Path out = Path.of("mtl-examples", "runs", "mnist-cifar10");

    @Option(names = "--compare", description = "Also train the two single-task models of the same size.")
    private boolean compare;

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MnistCifar10())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Failures::report)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Backend.require();
        if (threads > 0) {
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        }
        PictureData data = PictureData.find(folder(), embedded, limit, seed, System.out);
        List<PictureData.Part> both = List.of(data.digits(), data.objects());
        Files.createDirectories(out);
        Run joint = train("joint", both);
        ModelFiles.save(joint.model(), out.resolve("model.mtl"));
        System.out.println(joint.model().summary());
        System.out.println(joint.result().summary());
        System.out.println(joint.test().report());
        Map<String, Run> runs = new LinkedHashMap<>();
        runs.put("joint", joint);
        if (compare) {
            both.forEach(
                    part -> runs.put(part.picture().name(), train(part.picture().name(), List.of(part))));
            compare(runs);
        }
        RunRecord.write(out.resolve("run.json"), settings(both), runs);
        runs.get("joint")
                .test()
                .tasks()
                .forEach((task, result) -> System.out.printf(
                        Locale.ROOT, "%s: test accuracy %.2f %%%n", task, 100 * result.metric("accuracy")));
        System.out.println("model, curves and record of the run are in " + out.toAbsolutePath());
        return 0;
    }

    private Optional<Path> folder() {
        if (embedded || dataDir != null) {
            return Optional.ofNullable(dataDir);
        }
        return Optional.ofNullable(System.getenv("MTL4J_DATA"))
                .filter(s -> !s.isBlank())
                .map(Path::of);
    }

    /** A trained model, how it was trained, and how it does on the test pictures. */
    record Run(MultiTaskModel model, TrainingResult result, Evaluation test) {}

    private Run train(String name, List<PictureData.Part> parts) {
        System.out.println("training " + name);
        MultiTaskModel model =
                JointModel.build(parts.stream().map(PictureData.Part::picture).toList(), size, 0.0, seed);
        TrainerBuilder trainer = Trainer.builder(model)
                .epochs(epochs)
                .sampling(Samplings.limited(Samplings.longest(), digitsPerEpoch(parts)))
                .optimizer(new AdamW(learningRate, weightDecay))
                .learningRate(LearningRate.oneCycle(0.25, 0.1, 0.005))
                .weighting(Weightings.byName(weighting))
                .listener(Listeners.progressBar())
                .seed(seed);
        for (PictureData.Part part : parts) {
            trainer.batchSize(part.picture().name(), batchOf(part));
        }
        if (aggregation != null) {
            trainer.aggregation(Aggregations.byName(aggregation));
        }
        TrainingResult result =
                trainer.build().fit(data(parts, PictureData.Part::train), data(parts, PictureData.Part::validation));
        return new Run(model, result, Evaluator.evaluate(model, data(parts, PictureData.Part::test)));
    }

    private int batchOf(PictureData.Part part) {
        return isDigits(part) ? Math.max(1, batch / 2) : batch;
    }

    private static boolean isDigits(PictureData.Part part) {
        return part.picture().name().equals(JointModel.DIGITS);
    }

    /** Digits are the easier task: an epoch has half as many of them as of objects, so that both end together. */
    private int[] digitsPerEpoch(List<PictureData.Part> parts) {
        return parts.stream()
                .mapToInt(p -> isDigits(p) ? Math.min(p.train().size(), 15_000) : 0)
                .toArray();
    }

    private static MultiTaskData data(List<PictureData.Part> parts, Function<PictureData.Part, DataSource> chosen) {
        return new MultiTaskData(parts.stream().map(chosen).toList());
    }

    private void compare(Map<String, Run> runs) {
        Run joint = runs.get("joint");
        Map<String, List<MetricValue>> single = new LinkedHashMap<>();
        Map<String, List<MetricValue>> together = new LinkedHashMap<>();
        long separate = 0;
        System.out.printf(Locale.ROOT, "%n%-10s %12s %12s%n", "accuracy", "joint", "single-task");
        for (String task : joint.model().tasks().names()) {
            Run alone = runs.get(task);
            separate += alone.model().parameterCount();
            single.put(task, accuracy(alone.test(), task));
            together.put(task, accuracy(joint.test(), task));
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %10.2f %% %10.2f %%%n",
                    task,
                    100 * together.get(task).get(0).value(),
                    100 * single.get(task).get(0).value());
        }
        long saved = separate - joint.model().parameterCount();
        System.out.printf(
                Locale.ROOT,
                "%-10s %,12d %,12d (%,d saved, %.1f %%)%n",
                "parameters",
                joint.model().parameterCount(),
                separate,
                saved,
                100.0 * saved / separate);
        System.out.println(DeltaM.between(single, together));
        System.out.println();
    }

    private static List<MetricValue> accuracy(Evaluation evaluation, String task) {
        return evaluation.task(task).metrics().stream()
                .filter(m -> m.name().equals("accuracy"))
                .toList();
    }

    private Map<String, Object> settings(List<PictureData.Part> parts) {
        Map<String, Object> settings = new LinkedHashMap<>();
        parts.forEach(p -> settings.put(
                p.picture().name(),
                Map.of(
                        "data",
                        p.origin(),
                        "train",
                        p.train().size(),
                        "test",
                        p.test().size())));
        settings.put("size", size.name());
        settings.put("epochs", epochs);
        settings.put("batch", batch);
        settings.put("weighting", weighting);
        settings.put("aggregation", aggregation == null ? "none" : aggregation);
        settings.put("learningRate", learningRate);
        settings.put("weightDecay", weightDecay);
        settings.put("seed", seed);
        return settings;
    }
}
