package io.mtl4j.examples.benchmark;

import io.mtl4j.examples.Commands;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures what {@link Benchmark} measures in PyTorch on the JVM, through DJL. Only the sum of the losses: DJL frees the
 * graph after one backward pass, so the gradients of several tasks cannot be had from one forward pass.
 */
@Command(
        name = "DjlPeer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures training steps of the reference networks in DJL; a line of JSON for each.")
public final class DjlPeer implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--cases", arity = "1..*", description = "Networks: ${COMPLETION-CANDIDATES}; all unless given.")
    private List<ReferenceModel> cases = List.of(ReferenceModel.values());

    @Mixin
    private final WindowOptions windows = new WindowOptions();

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(Commands.of(new DjlPeer())
                .execute(args));
    }

    @Override
    public Integer call() {
        windows.check();
        PrintWriter print = spec.commandLine().getOut();
        for (ReferenceModel reference : cases) {
            print.println(measure(reference));
            print.flush();
        }
        return 0;
    }

    private JsonLine measure(ReferenceModel reference) {
        try (DjlTraining training = new DjlTraining(reference)) {
            float first = training.step();
            CallTimer.Timing timing = CallTimer.measure(training::step, windows);
            float last = training.step();
            if (!(last < first)) {
                throw new IllegalStateException(
                        reference.id() + ": the loss went from " + first + " to " + last + ", so DJL did not train");
            }
            return new JsonLine()
                    .put("case", reference.id())
                    .put("mode", Mode.SUM.id())
                    .put("samples_per_s", timing.callsPerSecond() * reference.batch(), 1)
                    .put("ms_per_step", 1e3 / timing.callsPerSecond(), 2)
                    .putSetup("djl");
        }
    }
}
