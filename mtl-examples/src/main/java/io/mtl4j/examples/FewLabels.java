package io.mtl4j.examples;

import io.mtl4j.metric.Spread;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.layer.Backend;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What are unlabelled pictures worth? A hundred labelled digits and many without labels: a model that knows only the labels,
 * beside self-training, a mean teacher, mutual learning, and an ensemble of five models. All make the same number of steps.
 */
@Command(
        name = "FewLabels",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares ways of learning from few labels on MNIST; prints test accuracies.")
public final class FewLabels implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final DigitOptions data = new DigitOptions();

    @Option(names = "--labels", description = "Labelled pictures, as many of each digit; ${DEFAULT-VALUE}.")
    private int labels = 100;

    @Option(names = "--unlabeled", description = "Pictures without labels at most; ${DEFAULT-VALUE}.")
    private int unlabeled = 3000;

    @Option(names = "--tests", description = "Test pictures at most; ${DEFAULT-VALUE}.")
    private int tests = 2000;

    @Option(names = "--steps", description = "Training steps of each model; ${DEFAULT-VALUE}.")
    private int steps = 1200;

    @Option(names = "--shift", description = "Augmentation: moves pictures by so many pixels; ${DEFAULT-VALUE}.")
    private int shift = 2;

    @Option(names = "--seeds", description = "Repetitions, each with other labels and starts; ${DEFAULT-VALUE}.")
    private int seeds = 3;

    @Option(names = "--first-seed", description = "The seed of the first repetition; ${DEFAULT-VALUE}.")
    private long firstSeed = 1;

    @Option(names = "--rounds", description = "Rounds of self-training at most; ${DEFAULT-VALUE}.")
    private int rounds = 2;

    @Option(names = "--confidence", description = "Least probability of what is taught; ${DEFAULT-VALUE}.")
    private double confidence = 0.9;

    @Option(names = "--methods", split = ",", description = "Methods to run, by the beginning of their names; all.")
    private List<String> chosen = List.of("");

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new FewLabels());
    }

    @Override
    public Integer call() {
        Backend.require();
        PrintWriter out = spec.commandLine().getOut();
        ImageDataSet digits = data.digits();
        Map<String, List<Double>> accuracies = new LinkedHashMap<>();
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            DigitTrial trial = new DigitTrial(
                    digits, new DigitTrial.Settings(labels, unlabeled, tests, steps, shift, rounds, confidence), seed);
            out.printf("seed %d: %s%n", seed, trial);
            Map<String, Supplier<Double>> methods = new LinkedHashMap<>();
            methods.put("labels only", trial::labelsOnly);
            methods.put("pseudo-labels", () -> trial.pseudoLabels(out));
            methods.put("mean teacher", trial::meanTeacher);
            methods.put("mutual learning", trial::mutualLearning);
            methods.put("ensemble of 5", trial::ensemble);
            methods.put("its members", trial::members);
            methods.keySet().removeIf(name -> chosen.stream().noneMatch(name::startsWith));
            methods.forEach((name, method) -> {
                double accuracy = method.get();
                accuracies.computeIfAbsent(name, n -> new ArrayList<>()).add(accuracy);
                out.printf(Locale.ROOT, "  %-16s %6.2f %%%n", name, 100 * accuracy);
                out.flush();
            });
        }
        summary(accuracies, out);
        return 0;
    }

    private static void summary(Map<String, List<Double>> accuracies, PrintWriter out) {
        out.printf("%n%-16s %14s %12s%n", "accuracy", "test, %", "difference");
        Optional<Double> base = Optional.ofNullable(accuracies.get("labels only"))
                .map(values -> Spread.of(values).mean());
        accuracies.forEach((name, values) -> {
            Spread spread = Spread.of(values);
            String gain = base.map(b -> String.format(Locale.ROOT, " %+8.2f pts", 100 * (spread.mean() - b)))
                    .orElse("");
            out.printf("%-16s %14s%s%n", name, spread.text(100, 2), gain);
        });
        out.flush();
    }
}
