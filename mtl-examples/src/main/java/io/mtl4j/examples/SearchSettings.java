package io.mtl4j.examples;

import io.mtl4j.metric.Spread;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.layer.Backend;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.search.HyperparameterSearch;
import io.mtl4j.nn.search.Objective;
import io.mtl4j.nn.search.SearchResult;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.schedule.LearningRate;
import io.mtl4j.search.Configuration;
import io.mtl4j.search.Hyperband;
import io.mtl4j.search.RandomSearch;
import io.mtl4j.search.SearchSpace;
import io.mtl4j.search.SearchStrategy;
import io.mtl4j.search.Tpe;
import io.mtl4j.weighting.Weightings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How well do random search, Hyperband and the tree of Parzen estimators spend the same number of epochs? Each looks for the
 * learning rate, width, dropout, weight decay and weighting of a model of three questions about digits, of which the hardest is
 * which digit it is. It can be stopped and goes on where it was, if a folder is given.
 */
@Command(
        name = "SearchSettings",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Searches the settings of a model of MNIST in three ways; prints what they reach.")
public final class SearchSettings implements Callable<Integer> {

    private static final String TASK = "digit";
    private static final String METRIC = "accuracy";

    @Spec
    private CommandSpec spec;

    @Mixin
    private final DigitOptions data = new DigitOptions();

    @Option(names = "--train-size", description = "Pictures to train on at most; ${DEFAULT-VALUE}.")
    private int trainSize = 2000;

    @Option(names = "--held-out", description = "Pictures to validate, and to test, at most; ${DEFAULT-VALUE}.")
    private int held = 2000;

    @Option(names = "--epochs", description = "Most epochs of a trial, a power of 3; ${DEFAULT-VALUE}.")
    private int epochs = 9;

    @Option(names = "--threads", description = "Trials at the same time; ${DEFAULT-VALUE}.")
    private int threads = 1;

    @Option(names = "--seeds", description = "Repetitions; ${DEFAULT-VALUE}.")
    private int seeds = 3;

    @Option(names = "--folder", description = "Where searches are written down, to go on if stopped.")
    private Path folder;

    private record Reached(List<Double> validation, List<Double> test, List<Double> epochs, List<Double> seconds) {
        Reached() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
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
        return Commands.of(new SearchSettings());
    }

    @Override
    public Integer call() {
        Backend.require();
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Reached> all = new LinkedHashMap<>();
        for (int seed = 1; seed <= seeds; seed++) {
            DigitTasks tasks = new DigitTasks(data.digits(), trainSize, held, 0, seed);
            out.printf("seed %d: %s%n", seed, tasks);
            for (SearchStrategy strategy : strategies()) {
                SearchResult result = search(strategy, tasks, seed);
                out.printf("%n%s%n%s", strategy.description(), result.table(5));
                out.flush();
                Reached reached = all.computeIfAbsent(strategy.description(), name -> new Reached());
                reached.validation().add(result.best().value());
                reached.test()
                        .add(Evaluator.evaluate(result.model(), tasks.test())
                                .task(TASK)
                                .metric(METRIC));
                reached.epochs().add((double) result.epochs());
                reached.seconds()
                        .add(result.results().stream()
                                .mapToDouble(r -> r.seconds())
                                .sum());
            }
        }
        summary(all, out);
        return 0;
    }

    /** As many full trainings as cost the epochs of Hyperband. */
    private List<SearchStrategy> strategies() {
        Hyperband hyperband = new Hyperband(epochs);
        int trials = Math.max(1, Math.round((float) hyperband.epochs() / epochs));
        return List.of(new RandomSearch(trials, epochs), hyperband, new Tpe(trials, epochs).startup((trials + 1) / 2));
    }

    private SearchResult search(SearchStrategy strategy, DigitTasks tasks, long seed) {
        SearchSpace space = SearchSpace.builder()
                .logUniform("lr", 1e-5, 1e-1)
                .logInteger("units", 8, 128)
                .uniform("dropout", 0, 0.7)
                .logUniform("decay", 1e-4, 1)
                .choice("weighting", "equal", "uncertainty", "dwa")
                .build();
        HyperparameterSearch search = HyperparameterSearch.over(space)
                .by(strategy)
                .objective(Objective.metric(TASK, METRIC))
                .threads(threads)
                .seed(seed);
        Optional.ofNullable(folder)
                .map(path -> path.resolve("seed-" + seed)
                        .resolve(strategy.getClass().getSimpleName().toLowerCase(Locale.ROOT)))
                .ifPresent(search::folder);
        return search.run(
                tasks.train(), tasks.validation(), (configuration, own) -> trainer(tasks, configuration, own));
    }

    private TrainerBuilder trainer(DigitTasks tasks, Configuration configuration, long seed) {
        MultiTaskModel model = tasks.model(tasks.names(), seed)
                .encoder(Encoders.mlp()
                        .dense(configuration.integer("units"))
                        .dropout(configuration.real("dropout"))
                        .dense(32))
                .build();
        return Trainer.builder(model)
                .weighting(Weightings.byName(configuration.choice("weighting")))
                .optimizer(new AdamW(configuration.real("lr"), configuration.real("decay")))
                .learningRate(LearningRate.cosine(0.05))
                .batchSize(64);
    }

    private static void summary(Map<String, Reached> all, PrintWriter out) {
        out.printf("%n%-80s %-14s %-14s %-12s %s%n", "digit accuracy in %", "validation", "test", "epochs", "seconds");
        all.forEach((name, reached) -> out.printf(
                "%-80s %-14s %-14s %-12s %s%n",
                name,
                Spread.of(reached.validation()).text(100, 2),
                Spread.of(reached.test()).text(100, 2),
                Spread.of(reached.epochs()).text(1, 0),
                Spread.of(reached.seconds()).text(1, 0)));
        out.flush();
    }
}
