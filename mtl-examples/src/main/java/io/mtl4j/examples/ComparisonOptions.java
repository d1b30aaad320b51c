package io.mtl4j.examples;

import io.mtl4j.examples.compare.Comparison;
import io.mtl4j.examples.compare.JudgedOnHeldOut;
import io.mtl4j.examples.compare.Method;
import io.mtl4j.examples.compare.MultiMnistProblem;
import io.mtl4j.examples.compare.Problem;
import io.mtl4j.examples.compare.Settings;
import io.mtl4j.nn.layer.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that all comparisons share: on what, with which budget, and where results go. */
final class ComparisonOptions {

    @Mixin
    private final DataFolder folder = new DataFolder();

    @Option(names = "--data", description = "${COMPLETION-CANDIDATES}; both unless given.")
    private Data data = Data.BOTH;

    @Option(names = "--seeds", description = "Number of seeds; ${DEFAULT-VALUE}.")
    private int seeds = 3;

    @Option(names = "--epochs", description = "Number of epochs; ${DEFAULT-VALUE}.")
    private int epochs = 3;

    @Option(names = "--batch", description = "Examples in a step; ${DEFAULT-VALUE}.")
    private int batch = 256;

    @Option(names = "--learning-rate", description = "Learning rate of Adam; ${DEFAULT-VALUE}.")
    private double learningRate = 1e-3;

    @Option(names = "--cosine", description = "Let the learning rate fall to 0 along a cosine.")
    private boolean cosine;

    @Option(names = "--train-size", description = "Multi-MNIST: pictures to train on; ${DEFAULT-VALUE}.")
    private int trainSize = 10_000;

    @Option(names = "--test-size", description = "Multi-MNIST: pictures to test on; ${DEFAULT-VALUE}.")
    private int testSize = 5_000;

    @Option(
            names = "--held-out",
            description = "Judge on the held-out part in place of the test part: to choose settings.")
    private boolean heldOut;

    @Option(names = "--out", description = "Folder of the results, and of earlier ones; ${DEFAULT-VALUE}.")
    private Path out;

    ComparisonOptions(Path out) {
        this.out = out;
    }

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

    /** {@return the command line of a command with these options} */
    static CommandLine commandLine(Object command) {
        return Commands.of(command).registerConverter(Data.class, ComparisonOptions::data);
    }

    private static Data data(String text) {
        for (Data each : Data.values()) {
            if (each.toString().equalsIgnoreCase(text)) {
                return each;
            }
        }
        throw new CommandLine.TypeConversionException("\"" + text + "\" is none of " + List.of(Data.values()));
    }

    /**
     * Compares methods on what the options say.
     *
     * @param names of the methods; empty for all
     * @param named finds a method by name
     * @param all the methods to compare unless names are given
     * @return the exit code
     */
    int run(
            List<String> names,
            Function<String, Method> named,
            List<Method> all,
            int gradientsEvery,
            CommandSpec command)
            throws IOException {
        Backend.require();
        PrintWriter print = command.commandLine().getOut();
        List<Method> methods = names.isEmpty() ? all : names.stream().map(named).toList();
        Settings settings = new Settings(seeds, epochs, batch, learningRate, cosine, gradientsEvery);
        for (Problem problem : problems(print)) {
            Problem judged = heldOut ? new JudgedOnHeldOut(problem) : problem;
            new Comparison(judged, settings, methods, out.resolve(problem.name()), print).run();
        }
        return 0;
    }

    private List<Problem> problems(PrintWriter print) {
        return switch (data) {
            case MULTI_MNIST -> List.of(multiMnist(print));
            case ADULT -> List.of(adult());
            case BOTH -> List.of(multiMnist(print), adult());
        };
    }

    private Problem multiMnist(PrintWriter print) {
        if (folder.path().isEmpty()) {
            print.println("no folder of data given: digits that come with the examples");
        }
        return new MultiMnistProblem(folder.digits(), trainSize, testSize);
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
