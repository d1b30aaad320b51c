package io.mtl4j.examples.benchmark;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.examples.Commands;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.layer.Backend;
import io.mtl4j.nn.train.Hypergradients;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.weighting.Weightings;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures what weights learned from held-out data cost, by differences and exactly: processor time of the training thread,
 * which is the whole work where {@code OMP_NUM_THREADS=1}, whatever else runs on the machine.
 */
@Command(
        name = "HypergradientBenchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures steps of Auto-Lambda and MOML; prints milliseconds of processor time.")
public final class HypergradientBenchmark implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--cases",
            arity = "1..*",
            description = "Networks: ${COMPLETION-CANDIDATES}; MLP CNN unless given.")
    private List<ReferenceModel> cases = List.of(ReferenceModel.MLP, ReferenceModel.CNN);

    @Option(names = "--tasks", arity = "1..*", description = "Numbers of tasks; 2 8 unless given.")
    private List<Integer> tasks = List.of(2, 8);

    @Option(
            names = "--steps",
            description = "Steps to take the median of, after half as many others; ${DEFAULT-VALUE}.")
    private int steps = 20;

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new HypergradientBenchmark());
    }

    @Override
    public Integer call() {
        Backend.require();
        PrintWriter out = spec.commandLine().getOut();
        out.println("| network | weighting | tasks | differences, ms | exact, ms |");
        out.println("|---|---|--:|--:|--:|");
        for (ReferenceModel reference : cases) {
            for (String weighting : List.of("auto-lambda", "moml")) {
                for (int count : tasks) {
                    out.printf(
                            Locale.ROOT,
                            "| %s | %s | %d | %.1f | %.1f |%n",
                            reference.id(),
                            weighting,
                            count,
                            milliseconds(reference, weighting, count, Hypergradients.FINITE_DIFFERENCES),
                            milliseconds(reference, weighting, count, Hypergradients.EXACT));
                    out.flush();
                }
            }
        }
        return 0;
    }

    private double milliseconds(ReferenceModel reference, String weighting, int count, Hypergradients kind) {
        ProcessorTime times = new ProcessorTime();
        MultiTaskData data = MultiTaskData.of(RandomExamples.batch(reference, count));
        int all = steps + steps / 2;
        Trainer.builder(reference.model(count))
                .weighting(Weightings.byName(weighting))
                .hypergradients(kind)
                .heldOut(data)
                .optimizer(new Adam(1e-3))
                .sampling(new SameBatch(all))
                .batchSize(reference.batch())
                .epochs(1)
                .listener(times)
                .build()
                .fit(data);
        long[] sorted = times.nanos.stream()
                .skip(all - steps)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2] / 1e6;
    }

    /** Hears of steps on the thread that does them. */
    private static final class ProcessorTime implements TrainingListener {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private final List<Long> nanos = new ArrayList<>();
        private long last;

        @Override
        public void on(TrainingEvent event) {
            long now = threads.getCurrentThreadCpuTime();
            if (event instanceof TrainingEvent.StepDone) {
                nanos.add(now - last);
            }
            last = now;
        }
    }
}
