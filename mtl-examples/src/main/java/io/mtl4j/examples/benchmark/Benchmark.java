package io.mtl4j.examples.benchmark;

import io.mtl4j.examples.Commands;
import io.mtl4j.nn.layer.Backend;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures training steps on the reference networks and prints a line of JSON for each: {@code case}, {@code mode}, {@code
 * samples_per_s} (median of the windows), {@code ms_per_step}, {@code gc_ms} (garbage collection during all windows), {@code
 * threads} and {@code setup} (the wait policy of OpenMP).
 */
@Command(
        name = "Benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures training steps on the reference networks; a line of JSON for each.")
public final class Benchmark implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--cases", arity = "1..*", description = "Networks: ${COMPLETION-CANDIDATES}; all unless given.")
    private List<ReferenceModel> cases = List.of(ReferenceModel.values());

    @Option(names = "--modes", arity = "1..*", description = "Updates: ${COMPLETION-CANDIDATES}; all unless given.")
    private List<Mode> modes = List.of(Mode.values());

    @Mixin
    private final WindowOptions windows = new WindowOptions();

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new Benchmark());
    }

    @Override
    public Integer call() {
        windows.check();
        Backend.require();
        PrintWriter print = spec.commandLine().getOut();
        for (ReferenceModel reference : cases) {
            for (Mode mode : modes) {
                print.println(line(reference, mode, WindowTimer.measure(new Workload(reference, mode), windows)));
                print.flush();
            }
        }
        return 0;
    }

    private static JsonLine line(ReferenceModel reference, Mode mode, WindowTimer.Speed speed) {
        return new JsonLine()
                .put("case", reference.id())
                .put("mode", mode.id())
                .put("samples_per_s", speed.samplesPerSecond(), 1)
                .put("ms_per_step", speed.millisPerStep(), 2)
                .put("gc_ms", speed.collectingMillis())
                .putSetup("mtl4j");
    }
}
