package io.mtl4j.examples;

import io.mtl4j.examples.fewshot.FewShotProblem;
import io.mtl4j.examples.fewshot.FewShotTrial;
import io.mtl4j.examples.fewshot.SineProblem;
import io.mtl4j.examples.fewshot.TurnedDigits;
import io.mtl4j.metric.Spread;
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
 * How much does it help to learn to learn? Models that adapt to a new problem with few examples: from scratch, after joint
 * pretraining, and after meta-learning by Reptile and MAML.
 */
@Command(
        name = "FewShot",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares ways to learn a new problem from few examples; prints scores on unseen problems.")
public final class FewShot implements Callable<Integer> {

    private static final int PRETRAINING_EPOCHS = 4;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final DigitOptions data = new DigitOptions();

    @Option(names = "--problem", description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private Kind problem = Kind.SINE;

    @Option(
            names = "--shots",
            description = "Examples to adapt to, of each class; 10 points or 5 pictures unless given.")
    private Optional<Integer> shots = Optional.empty();

    @Option(names = "--queries", description = "Pictures of each class to judge by; ${DEFAULT-VALUE}.")
    private int queries = 15;

    @Option(
            names = "--pictures",
            description = "Pictures to learn from at most, before half are left out; ${DEFAULT-VALUE}.")
    private int pictures = 6000;

    @Option(names = "--waves", description = "Sine waves to pretrain on; ${DEFAULT-VALUE}.")
    private int waves = 2000;

    @Option(names = "--steps", description = "Steps of meta-learning; ${DEFAULT-VALUE}.")
    private int steps = 6000;

    @Option(names = "--episodes", description = "Episodes in a step; ${DEFAULT-VALUE}.")
    private int episodes = 4;

    @Option(names = "--inner-steps", description = "Steps of adaptation while learning; ${DEFAULT-VALUE}.")
    private int innerSteps = 3;

    @Option(names = "--adaptation-steps", description = "Steps of adaptation afterwards; ${DEFAULT-VALUE}.")
    private int adaptationSteps = 10;

    @Option(names = "--validations", description = "Episodes to choose the rate of adaptation by; ${DEFAULT-VALUE}.")
    private int validations = 30;

    @Option(names = "--tests", description = "Unseen episodes; ${DEFAULT-VALUE}.")
    private int tests = 200;

    @Option(names = "--seeds", description = "Repetitions, each with other starts and draws; ${DEFAULT-VALUE}.")
    private int seeds = 3;

    @Option(names = "--first-seed", description = "The seed of the first repetition; ${DEFAULT-VALUE}.")
    private long firstSeed = 1;

    private enum Kind {
        SINE,
        DIGITS
    }

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new FewShot());
    }

    @Override
    public Integer call() {
        Backend.require();
        PrintWriter out = spec.commandLine().getOut();
        FewShotProblem chosen = problem();
        FewShotTrial.Settings settings =
                new FewShotTrial.Settings(steps, episodes, innerSteps, adaptationSteps, validations, tests);
        out.println(chosen.name() + ": " + chosen.description());
        Map<String, List<Double>> scores = new LinkedHashMap<>();
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            out.println("seed " + seed);
            Map<String, Supplier<Double>> methods = new FewShotTrial(chosen, settings, seed).methods();
            methods.forEach((name, method) -> {
                double score = method.get();
                scores.computeIfAbsent(name, n -> new ArrayList<>()).add(score);
                out.printf(Locale.ROOT, "  %-18s %8.3f%n", name, score);
                out.flush();
            });
        }
        out.printf("%n%-18s %s%n", "method", chosen.measure());
        scores.forEach((name, values) ->
                out.printf("%-18s %s%n", name, Spread.of(values).text(1, 3)));
        out.flush();
        return 0;
    }

    private FewShotProblem problem() {
        return switch (problem) {
            case SINE -> new SineProblem(shots.orElse(10), waves);
            case DIGITS -> new TurnedDigits(data.digits(), pictures, shots.orElse(5), queries, PRETRAINING_EPOCHS);
        };
    }
}
