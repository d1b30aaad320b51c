package io.mtl4j.examples;

import io.mtl4j.examples.compare.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    private final ComparisonOptions options = new ComparisonOptions(Path.of("mtl-examples", "runs", "compare"));

    @Option(
            names = "--methods",
            arity = "1..*",
            split = ",",
            description = "Weightings and aggregations by name; all unless given.")
    private List<String> methods = List.of();

    @Option(
            names = "--gradients-every",
            description = "Measure the conflict of gradients in every so-many-th step; ${DEFAULT-VALUE}.")
    private int gradientsEvery = 5;

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return ComparisonOptions.commandLine(new CompareMethods());
    }

    @Override
    public Integer call() throws IOException {
        return options.run(methods, Method::named, Method.all(), gradientsEvery, spec);
    }
}
