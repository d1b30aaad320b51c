package io.mtl4j.examples;

import io.mtl4j.examples.compare.Comparison;
import io.mtl4j.examples.compare.Method;
import io.mtl4j.examples.compare.MultiMnistProblem;
import io.mtl4j.examples.compare.Problem;
import io.mtl4j.examples.compare.Settings;
import io.mtl4j.examples.data.EmbeddedPictures;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.ImageDataSets;
import io.mtl4j.nn.layer.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Which method is best? Trains all weightings and all aggregators of the library with several seeds on Multi-MNIST and on
 * Adult, beside models of a single task, and leaves tables and pictures. It can be stopped and goes on where it was.
 */
@Command(
        name = "CompareMethods",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares all weightings and aggregators on Multi-MNIST and Adult; writes tables and pictures.")
public final class CompareMethods implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final DataFolder folder = new DataFolder();

    @Option(names = "--data", description = "${COMPLETION-CANDIDATES}; both unless given.")
    private Data data = Data.BOTH;

    @Option(
            names = "--methods",
            arity = "1..*",
            split = ",",
            description = "Weightings and aggregations by name; all unless given.")
    private List<String> methods = List.of();

    @Option(names = "--seeds", description = "Number of seeds; ${DEFAULT-VALUE}.")
    private int seeds = 3;

    @Option(names = "--epochs", description = "Number of epochs; ${DEFAULT-VALUE}.")
    private int epochs = 3;

    @Option(names = "--batch", description = "Examples in a step; ${DEFAULT-VALUE}.")
    private int batch = 256;

    @Option(names = "--learning-rate", description = "Learning rate of Adam; ${DEFAULT-VALUE}.")
    private double learningRate = 1e-3;

    @Option(names = "--train-size", description = "Multi-MNIST: pictures to train on; ${DEFAULT-VALUE}.")
    private int trainSize = 10_000;

    @Option(names = "--test-size", description = "Multi-MNIST: pictures to test on; ${DEFAULT-VALUE}.")
    private int testSize = 5_000;

    @Option(
            names = "--gradients-every",
            description = "Measure the conflict of gradients in every so-many-th step; ${DEFAULT-VALUE}.")
    private int gradientsEvery = 5;

    @Option(names = "--out", description = "Folder of the results, and of earlier ones; ${DEFAULT-VALUE}.")
    private Path out = Path.of("mtl-examples", "runs", "compare");

    /** What to compare on. */
    private enum Data {
        MULTI_MNIST,
        ADULT,
        BOTH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
        return Commands.of(new CompareMethods()).registerConverter(Data.class, CompareMethods::data);
    }

    private static Data data(String text) {
        for (Data each : Data.values()) {
            if (each.toString().equalsIgnoreCase(text)) {
                return each;
            }
        }
        throw new CommandLine.TypeConversionException("\"" + text + "\" is none of " + List.of(Data.values()));
    }

    @Override
    public Integer call() throws IOException {
        Backend.require();
        Settings settings = new Settings(seeds, epochs, batch, learningRate, gradientsEvery);
        List<Method> chosen = methods.isEmpty()
                ? Method.all()
                : methods.stream().map(Method::named).toList();
        for (Problem problem : problems()) {
            new Comparison(
                            problem,
                            settings,
                            chosen,
                            out.resolve(problem.name()),
                            spec.commandLine().getOut())
                    .run();
        }
        return 0;
    }

    private List<Problem> problems() {
        return switch (data) {
            case MULTI_MNIST -> List.of(multiMnist());
            case ADULT -> List.of(adult());
            case BOTH -> List.of(multiMnist(), adult());
        };
    }

    private Problem multiMnist() {
        Optional<Path> given = folder.path();
        if (given.isEmpty()) {
            spec.commandLine().getOut().println("no folder of data given: digits that come with the examples");
        }
        ImageDataSet digits = given.map(path -> ImageDataSets.in(path).mnist()).orElseGet(EmbeddedPictures::mnist);
        return new MultiMnistProblem(digits, trainSize, testSize);
    }

    private Problem adult() {
        return new AdultProblem(AdultData.read(
                folder.file("tabular/adult.train.csv", AdultIncome.ORIGIN),
                folder.file("tabular/adult.test.csv", AdultIncome.ORIGIN),
                0,
                true,
                1));
    }
}
