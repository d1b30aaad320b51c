package io.mtl4j.examples;

import io.mtl4j.data.Samplings;
import io.mtl4j.metric.DeltaM;
import io.mtl4j.metric.MetricValue;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.train.LearningCurves;
import io.mtl4j.nn.train.Listeners;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.nn.train.TrainingResult;
import io.mtl4j.schedule.LearningRate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final TrainingOptions options = new TrainingOptions(12, 128, 3e-3, 0.05);

    @Option(names = "--embedded", description = "Use the small data that ship with the example; no network.")
    private boolean embedded;

    @Option(names = "--size", description = "Width of the encoder: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private JointModel.Size size = JointModel.Size.MEDIUM;

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
        System.exit(Commands.of(new MnistCifar10()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        options.prepare();
        PictureData data = PictureData.find(
                embedded ? Optional.empty() : options.data().path(),
                embedded,
                options.needsHeldOut(),
                options.limit(),
                options.seed(),
                System.out);
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

    /** A trained model, how it was trained, and how it does on the test pictures. */
    record Run(MultiTaskModel model, TrainingResult result, Evaluation test) {}

    private Run train(String name, List<PictureData.Part> parts) {
        System.out.println("training " + name);
        MultiTaskModel model =
                JointModel.build(parts.stream().map(PictureData.Part::picture).toList(), size, options.seed());
        TrainerBuilder trainer = options.trainer(model)
                .sampling(Samplings.limited(Samplings.longest(), digitsPerEpoch(parts)))
                .learningRate(LearningRate.oneCycle(0.25, 0.1, 0.005))
                .listener(Listeners.progressBar());
        for (PictureData.Part part : parts) {
            trainer.batchSize(part.picture().name(), batchOf(part));
        }
        if (options.needsHeldOut()) {
            trainer.heldOut(data(parts, part -> part.heldOut().orElseThrow()));
        }
        LearningCurves curves = new LearningCurves();
        TrainingResult result = trainer.listener(curves)
                .build()
                .fit(data(parts, PictureData.Part::train), data(parts, PictureData.Part::validation));
        curves.writePng(out.resolve(name + ".png"));
        return new Run(model, result, Evaluator.evaluate(model, data(parts, PictureData.Part::test)));
    }

    private int batchOf(PictureData.Part part) {
        return isDigits(part) ? Math.max(1, options.batch() / 2) : options.batch();
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
        settings.putAll(options.asMap());
        return settings;
    }
}
