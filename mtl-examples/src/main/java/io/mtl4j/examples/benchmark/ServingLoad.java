package io.mtl4j.examples.benchmark;

import io.mtl4j.examples.Commands;
import io.mtl4j.nn.layer.Backend;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Asks models from many threads for minutes, while another model is trained in the same process, and prints a line of JSON:
 * calls, answers that differ by any bit from those to one thread alone, memory over time ({@code rss_mib}), and its growth
 * after the first fifth. The exit code is 1 if any answer differed.
 */
@Command(
        name = "ServingLoad",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Asks models from many threads for minutes; checks answers and memory.")
public final class ServingLoad implements Callable<Integer> {

    private static final int EXAMPLES = 64;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--cases",
            arity = "1..*",
            description = "Networks to serve: ${COMPLETION-CANDIDATES}; all unless given.")
    private List<ReferenceModel> cases = List.of(ReferenceModel.values());

    @Option(names = "--clients", description = "Threads that ask; ${DEFAULT-VALUE}.")
    private int clients = 64;

    @Option(names = "--minutes", description = "How long; ${DEFAULT-VALUE}.")
    private double minutes = 10;

    @Option(names = "--train", description = "Network to train meanwhile: ${COMPLETION-CANDIDATES}; none unless given.")
    private ReferenceModel trained;

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new ServingLoad());
    }

    @Override
    public Integer call() throws InterruptedException {
        if (clients < 1 || !(minutes > 0)) {
            throw new IllegalArgumentException(
                    "--clients=" + clients + ", --minutes=" + minutes + "; both must be above 0");
        }
        Backend.require();
        List<ServedModel> models =
                cases.stream().map(c -> new ServedModel(c, EXAMPLES)).toList();
        ServingTally tally = new ServingTally();
        List<Double> resident = new ArrayList<>();
        AtomicBoolean running = new AtomicBoolean(true);
        List<Thread> threads = start(models, tally, running);
        for (int i = 0; i < 20; i++) {
            TimeUnit.MILLISECONDS.sleep(Math.round(minutes * 60_000 / 20));
            resident.add(ProcessMemory.known() ? ProcessMemory.residentMib() : 0);
        }
        running.set(false);
        for (Thread thread : threads) {
            thread.join();
        }
        models.forEach(ServedModel::close);
        tally.requireNoFailure();
        print(tally, resident);
        return tally.wrong() == 0 ? 0 : 1;
    }

    private List<Thread> start(List<ServedModel> models, ServingTally tally, AtomicBoolean running) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            SplittableRandom random = new SplittableRandom(i);
            threads.add(new Thread(() -> ask(models, tally, running, random), "client-" + i));
        }
        if (trained != null) {
            threads.add(new Thread(() -> train(tally, running), "trainer"));
        }
        threads.forEach(Thread::start);
        return threads;
    }

    private static void ask(
            List<ServedModel> models, ServingTally tally, AtomicBoolean running, SplittableRandom random) {
        try {
            while (running.get()) {
                ServedModel model = models.get(random.nextInt(models.size()));
                long begun = System.nanoTime();
                boolean right = model.answersAsAlone(random.nextInt(EXAMPLES));
                tally.answered(right, System.nanoTime() - begun);
            }
        } catch (RuntimeException e) {
            tally.failed(e);
        }
    }

    /** One training after the other, a hundred steps each. */
    private void train(ServingTally tally, AtomicBoolean running) {
        try {
            while (running.get()) {
                new Workload(trained, Mode.JAC).train(100, event -> {});
            }
        } catch (RuntimeException e) {
            tally.failed(e);
        }
    }

    private void print(ServingTally tally, List<Double> resident) {
        PrintWriter print = spec.commandLine().getOut();
        print.println(new JsonLine()
                .put("cases", cases.stream().map(ReferenceModel::id).toList())
                .put("clients", clients)
                .put("minutes", minutes)
                .put("trained", trained == null ? "none" : trained.id())
                .put("calls", tally.calls())
                .put("calls_per_s", tally.calls() / (60 * minutes), 1)
                .put("wrong", tally.wrong())
                .put("mean_ms", tally.meanMillis(), 2)
                .put("longest_ms", tally.longestMillis(), 1)
                .put(
                        "rss_mib",
                        resident.stream().map(mib -> JsonLine.rounded(mib, 1)).toList())
                .put("rss_growth_mib", resident.get(19) - resident.get(4), 1)
                .putSetup("mtl4j"));
        print.flush();
    }
}
