package io.mtl4j.examples;

import io.mtl4j.grouping.AffinityMeter;
import io.mtl4j.grouping.TaskAffinity;
import io.mtl4j.grouping.TaskGrouping;
import io.mtl4j.metric.Spread;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.layer.Backend;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.nn.select.GroupedModel;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.weighting.Weightings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nd4j.linalg.learning.config.Nesterovs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Which tasks belong into one model? Three questions about digits that have much in common, and some with random answers: a
 * joint training tells what a step on each task does to the others, and the best groups are found. Then a model for each group
 * is trained, beside one for all.
 *
 * <p>The first epoch is not measured, see {@link AffinityMeter}. Three models are allowed, so that the three questions may part
 * and random labels still be by themselves. With two, the measure of a group, the mean of what its members do to a task, has
 * little against random labels beside a question, if only the two that help each other most are alone.
 */
@Command(
        name = "GroupTasks",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures which tasks help each other on MNIST, some of them with random labels; prints groups.")
public final class GroupTasks implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final DigitOptions data = new DigitOptions();

    @Option(names = "--train-size", description = "Pictures to train on at most; ${DEFAULT-VALUE}.")
    private int trainSize = 4000;

    @Option(names = "--tests", description = "Test pictures at most; ${DEFAULT-VALUE}.")
    private int tests = 2000;

    @Option(names = "--noise", description = "Tasks with random labels; ${DEFAULT-VALUE}.")
    private int noise = 2;

    @Option(names = "--groups", description = "Models at most; ${DEFAULT-VALUE}.")
    private int groups = 3;

    @Option(names = "--epochs", description = "Epochs of each training; ${DEFAULT-VALUE}.")
    private int epochs = 3;

    @Option(names = "--every", description = "Measure every so many steps; ${DEFAULT-VALUE}.")
    private int every = 5;

    @Option(names = "--rate", description = "Learning rate; ${DEFAULT-VALUE}.")
    private double rate = 0.02;

    @Option(names = "--seeds", description = "Repetitions, with other pictures and starts; ${DEFAULT-VALUE}.")
    private int seeds = 3;

    @Option(names = "--first-seed", description = "The seed of the first repetition; ${DEFAULT-VALUE}.")
    private long firstSeed = 1;

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new GroupTasks());
    }

    @Override
    public Integer call() {
        Backend.require();
        PrintWriter out = spec.commandLine().getOut();
        ImageDataSet digits = data.digits();
        Map<String, List<Double>> accuracies = new LinkedHashMap<>();
        int apart = 0;
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            DigitTasks tasks = new DigitTasks(digits, trainSize, tests, noise, seed);
            out.printf("seed %d: %s%n", seed, tasks);
            AffinityMeter meter = AffinityMeter.around(Weightings.equal()).every(every);
            MultiTaskModel joint = model(tasks, tasks.names(), seed);
            trainer(joint).weighting(meter).build().fit(tasks.train());
            TaskAffinity affinity = meter.affinity(joint.tasks());
            TaskGrouping grouping = TaskGrouping.best(affinity, groups);
            boolean clean = unmixed(grouping);
            apart += clean ? 1 : 0;
            out.print(affinity.table());
            out.printf("groups %s%s%n", grouping, clean ? "" : " (random labels are not apart)");
            out.flush();
            GroupedModel grouped = GroupedModel.train(
                    grouping, tasks.train(), seed, (some, train, own) -> train(tasks, some, train, own));
            add("one model", joint, tasks, accuracies);
            add("a model for each group", grouped, tasks, accuracies);
        }
        out.printf("random labels apart from the others in %d of %d seeds%n%n", apart, seeds);
        accuracies.forEach((name, values) ->
                out.printf("%-32s %s %%%n", name, Spread.of(values).text(100, 2)));
        out.flush();
        return 0;
    }

    private MultiTaskModel model(DigitTasks tasks, List<String> some, long seed) {
        return tasks.model(some, seed)
                .encoder(Encoders.cnn()
                        .conv(8, 3)
                        .maxPool(2)
                        .conv(16, 3)
                        .maxPool(2)
                        .dense(32))
                .build();
    }

    private TrainerBuilder trainer(MultiTaskModel model) {
        return Trainer.builder(model)
                .optimizer(new Nesterovs(rate, 0.9))
                .epochs(epochs)
                .batchSize(64)
                .seed(model.seed());
    }

    private MultiTaskModel train(DigitTasks tasks, List<String> some, MultiTaskData train, long seed) {
        MultiTaskModel model = model(tasks, some, seed);
        trainer(model).build().fit(train);
        return model;
    }

    /** Whether tasks with a meaning are trained without those with random labels. */
    private static boolean unmixed(TaskGrouping grouping) {
        return grouping.groups().stream()
                .filter(group -> group.serves().stream().anyMatch(task -> !DigitTasks.isNoise(task)))
                .noneMatch(group -> group.tasks().stream().anyMatch(DigitTasks::isNoise));
    }

    private static void add(String what, Predictor model, DigitTasks tasks, Map<String, List<Double>> accuracies) {
        Evaluation test = Evaluator.evaluate(model, tasks.test());
        for (String task : tasks.names()) {
            accuracies
                    .computeIfAbsent(task + ", " + what, name -> new ArrayList<>())
                    .add(test.task(task).metric("accuracy"));
        }
    }
}
