package io.mtl4j.examples.benchmark;

import io.mtl4j.examples.Commands;
import io.mtl4j.nn.layer.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures what further tasks cost: examples trained in a second over the number of tasks, as a table, as {@code scaling.csv}
 * and drawn in {@code scaling.png}.
 */
@Command(
        name = "ScalingBenchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures training over the number of tasks; prints a table, writes CSV and a chart.")
public final class ScalingBenchmark implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--cases",
            arity = "1..*",
            description = "Networks: ${COMPLETION-CANDIDATES}; MLP CNN unless given.")
    private List<ReferenceModel> cases = List.of(ReferenceModel.MLP, ReferenceModel.CNN);

    @Option(names = "--modes", arity = "1..*", description = "Updates: ${COMPLETION-CANDIDATES}; all unless given.")
    private List<Mode> modes = List.of(Mode.values());

    @Option(names = "--tasks", arity = "1..*", description = "Numbers of tasks; 1 2 4 8 16 unless given.")
    private List<Integer> tasks = List.of(1, 2, 4, 8, 16);

    @Option(names = "--out", description = "Folder of the files; ${DEFAULT-VALUE}.")
    private Path out = Path.of("mtl-examples", "runs", "scaling");

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
        return Commands.of(new ScalingBenchmark());
    }

    @Override
    public Integer call() throws IOException {
        windows.check();
        if (tasks.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("--tasks " + tasks + "; a model has at least one task");
        }
        Backend.require();
        Files.createDirectories(out);
        List<ScalingPoint> points = measure();
        PrintWriter print = spec.commandLine().getOut();
        print.print(ScalingTable.render(points));
        ScalingTable.writeCsv(points, out.resolve("scaling.csv"));
        ScalingChart.writePng(points, out.resolve("scaling.png"));
        print.println("written: " + out.resolve("scaling.csv") + ", " + out.resolve("scaling.png"));
        print.flush();
        return 0;
    }

    private List<ScalingPoint> measure() {
        List<ScalingPoint> points = new ArrayList<>();
        for (ReferenceModel reference : cases) {
            for (int count : tasks) {
                for (Mode mode : modes) {
                    WindowTimer.Speed speed = WindowTimer.measure(new Workload(reference, mode, count), windows);
                    points.add(new ScalingPoint(reference, mode, count, speed.samplesPerSecond()));
                }
            }
        }
        return points;
    }
}
