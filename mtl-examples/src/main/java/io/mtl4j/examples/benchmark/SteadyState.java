package io.mtl4j.examples.benchmark;

import io.mtl4j.examples.Commands;
import io.mtl4j.nn.layer.Backend;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains for many steps and prints a line of JSON about the process: {@code first_step_ms} from the start of the JVM to the
 * end of the first step, {@code rss_mib} (memory in use, every so many steps), {@code rss_growth_mib} after the first fifth
 * of them, {@code peak_rss_mib}, and the pauses of the garbage collector ({@code gc_pauses}, {@code gc_total_ms}, {@code
 * gc_max_ms}). One process measures one network in one mode: the peak belongs to the process.
 */
@Command(
        name = "SteadyState",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains for many steps and tells memory, pauses and the time to the first step as JSON.")
public final class SteadyState implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--case", description = "Network: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private ReferenceModel reference = ReferenceModel.MLP;

    @Option(names = "--mode", description = "Update: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private Mode mode = Mode.SUM;

    @Option(names = "--steps", description = "Steps to train; ${DEFAULT-VALUE}.")
    private int steps = 10_000;

    @Option(names = "--every", description = "Steps between two looks at the memory; ${DEFAULT-VALUE}.")
    private int every = 500;

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new SteadyState());
    }

    @Override
    public Integer call() {
        if (steps < 1 || every < 1) {
            throw new IllegalArgumentException("--steps=" + steps + ", --every=" + every + "; both must be at least 1");
        }
        Backend.require();
        if (!ProcessMemory.known()) {
            spec.commandLine().getErr().println("no /proc/self/status on this system: memory is not measured");
        }
        PrintWriter print = spec.commandLine().getOut();
        try (GcPauses pauses = new GcPauses()) {
            SteadyRecorder recorder = new SteadyRecorder(every);
            new Workload(reference, mode).train(steps, recorder);
            print.println(line(recorder, pauses));
        }
        print.flush();
        return 0;
    }

    private JsonLine line(SteadyRecorder recorder, GcPauses pauses) {
        JsonLine line = new JsonLine()
                .put("case", reference.id())
                .put("mode", mode.id())
                .put("steps", steps)
                .put("first_step_ms", recorder.firstStepMillis());
        if (steps > 1) {
            line.put("samples_per_s", recorder.stepsPerSecond() * reference.batch(), 1);
        }
        if (ProcessMemory.known()) {
            line.put(
                            "rss_mib",
                            recorder.residentMib().stream()
                                    .map(mib -> JsonLine.rounded(mib, 1))
                                    .toList())
                    .put("rss_growth_mib", recorder.growthMib(), 1)
                    .put("peak_rss_mib", ProcessMemory.peakMib(), 1);
        }
        return line.put("gc_pauses", pauses.count())
                .put("gc_total_ms", pauses.totalMillis())
                .put("gc_max_ms", pauses.longestMillis())
                .putSetup("mtl4j");
    }
}
