package io.mtl4j.examples.benchmark;

import io.mtl4j.examples.Commands;
import io.mtl4j.nn.layer.Backend;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.Sharings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures what ways of sharing cost: training steps of a reference network with one encoder and with several experts, in
 * turn, and prints a line of JSON for each: {@code case}, {@code sharing}, {@code ms_per_step} (median of the rounds) and
 * {@code times_hard}, how many times as long a step takes as with one encoder.
 */
@Command(
        name = "SharingBenchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures what ways of sharing cost; a line of JSON for each.")
public final class SharingBenchmark implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--cases", arity = "1..*", description = "Networks: ${COMPLETION-CANDIDATES}; all unless given.")
    private List<ReferenceModel> cases = List.of(ReferenceModel.values());

    @Option(
            names = "--experts",
            description = "Experts of MMoE, DSelect-k and, shared and by task, CGC and PLE; ${DEFAULT-VALUE}.")
    private int experts = 4;

    @Option(
            names = "--rounds",
            description = "Rounds of all ways in turn, of which the median counts; ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--only", arity = "1..*", description = "Which, besides hard; all unless given.")
    private List<String> only = List.of("mmoe", "cgc", "ple", "dselectK");

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
        return Commands.of(new SharingBenchmark());
    }

    @Override
    public Integer call() {
        windows.check();
        Backend.require();
        for (ReferenceModel reference : cases) {
            measure(reference, sharings(reference.tasks()));
        }
        return 0;
    }

    private Map<String, Sharing> sharings(int tasks) {
        Map<String, Sharing> all = new LinkedHashMap<>();
        int shared = Math.max(1, experts - tasks);
        all.put("hard", Sharings.hard());
        all.put("mmoe", Sharings.mmoe(experts));
        all.put("cgc", Sharings.cgc(shared, 1));
        all.put("ple", Sharings.ple(shared, 1));
        all.put("dselectK", Sharings.dselectK(Math.max(2, experts), Math.min(2, experts)));
        all.keySet().removeIf(name -> !name.equals("hard") && !only.contains(name));
        return all;
    }

    private void measure(ReferenceModel reference, Map<String, Sharing> sharings) {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            sharings.forEach((name, sharing) -> {
                Workload workload = new Workload(reference, Mode.SUM, reference.tasks(), sharing);
                double step = WindowTimer.measure(workload, windows).millisPerStep();
                millis.computeIfAbsent(name, n -> new ArrayList<>()).add(step);
            });
        }
        PrintWriter print = spec.commandLine().getOut();
        double hard = windows.median(millis.get("hard"));
        millis.forEach((name, steps) -> {
            print.println(new JsonLine()
                    .put("case", reference.id())
                    .put("sharing", name)
                    .put("ms_per_step", windows.median(steps), 3)
                    .put("times_hard", windows.median(steps) / hard, 2)
                    .putSetup("mtl4j"));
            print.flush();
        });
    }
}
