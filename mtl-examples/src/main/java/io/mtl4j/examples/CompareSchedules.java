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
 * What should train when? Trains with the library's schedules and several seeds on Multi-MNIST and on Adult, beside models of
 * a single task, and leaves tables. It can be stopped and goes on where it was, also with further schedules.
 */
@Command(
        name = "CompareSchedules",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares training schedules on Multi-MNIST and Adult; writes tables.")
public final class CompareSchedules implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final ComparisonOptions options = new ComparisonOptions(Path.of("mtl-examples", "runs", "schedules"));

    @Option(names = "--schedules", arity = "1..*", split = ",", description = "Schedules by name; all unless given.")
    private List<String> schedules = List.of();

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return ComparisonOptions.commandLine(new CompareSchedules());
    }

    @Override
    public Integer call() throws IOException {
        return options.run(schedules, Method::schedule, Method.schedules(), 0, spec);
    }
}
