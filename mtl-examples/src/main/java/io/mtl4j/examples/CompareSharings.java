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
 * How much should tasks share? Trains the library's ways of sharing with several seeds on Multi-MNIST and on Adult, beside
 * models of a single task, and leaves tables. It can be stopped and goes on where it was, also with further ways.
 */
@Command(
        name = "CompareSharings",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares ways of sharing an encoder on Multi-MNIST and Adult; writes tables.")
public final class CompareSharings implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final ComparisonOptions options = new ComparisonOptions(Path.of("mtl-examples", "runs", "sharings"));

    @Option(
            names = "--sharings",
            arity = "1..*",
            split = ",",
            description = "Ways of sharing by name; all unless given.")
    private List<String> sharings = List.of();

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return ComparisonOptions.commandLine(new CompareSharings());
    }

    @Override
    public Integer call() throws IOException {
        return options.run(sharings, Method::sharing, Method.sharings(), 0, spec);
    }
}
